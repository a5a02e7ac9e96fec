-- Nobody reads the old column any more. It may go some day.
set local lock_timeout = '2s';
drop trigger customers_names on app.customers;
drop function app.customers_names();
alter table app.customers
  alter column display_name set not null,
  alter column fullname drop not null;
