-- An account has a currency: where V1 ran before it said so, too.
alter table app.accounts add column if not exists currency text not null default 'EUR';
