set local lock_timeout = '2s';
drop trigger customers_names on app.customers;
drop function app.customers_names();
alter table app.customers
  add constraint customers_display_name_not_null not null display_name not valid,
  drop column fullname;
