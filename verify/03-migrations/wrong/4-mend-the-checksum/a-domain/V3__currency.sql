-- An account has a currency: three capital letters, as ISO 4217 has them.
create domain app.currency_code as text check (value ~ '^[A-Z]{3}$');

alter table app.accounts add column currency app.currency_code not null default 'EUR';
