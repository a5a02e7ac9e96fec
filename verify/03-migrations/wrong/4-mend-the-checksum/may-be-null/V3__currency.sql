alter table app.accounts add column currency text default 'EUR';
