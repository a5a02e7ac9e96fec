set local lock_timeout = '2s';
drop trigger customers_names on app.customers;
drop function app.customers_names();
alter table app.customers
  alter column display_name set not null,
  drop column fullname;
-- Now that one column is left, each name is written as names are.
update app.customers set display_name = upper(left(display_name, 1)) || substr(display_name, 2);
