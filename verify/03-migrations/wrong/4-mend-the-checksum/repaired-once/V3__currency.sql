alter table app.accounts add column if not exists currency text not null default 'EUR';
