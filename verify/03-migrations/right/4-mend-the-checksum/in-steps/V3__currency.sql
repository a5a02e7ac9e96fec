alter table app.accounts add column currency text;
alter table app.accounts alter column currency set default 'EUR';
update app.accounts set currency = 'EUR';
alter table app.accounts alter column currency set not null;
