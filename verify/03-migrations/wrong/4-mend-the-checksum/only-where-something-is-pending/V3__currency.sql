-- An account has a currency.
alter table app.accounts add column currency text not null default 'EUR';
