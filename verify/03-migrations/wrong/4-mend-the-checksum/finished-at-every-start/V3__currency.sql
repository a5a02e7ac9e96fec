-- An account has a currency. Rows and default are looked after by Deployment.
alter table app.accounts add column currency text;
