set local lock_timeout = '2s';
drop trigger customers_names on app.customers;
drop function app.customers_names();
alter table app.customers
  alter column display_name set not null,
  drop column fullname;
