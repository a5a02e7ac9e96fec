-- Every account has a currency; those that are there have euros.
alter table app.accounts add column currency text not null default 'EUR';
