-- The last old program is gone.
drop trigger customers_both_names on app.customers;
drop function app.customers_both_names();

-- Never without a name. As a constraint, so that nobody waits for a look at all rows.
alter table app.customers
  add constraint customers_display_name_not_null check (display_name is not null) not valid;
alter table app.customers validate constraint customers_display_name_not_null;

alter table app.customers drop column fullname;
