-- The last old program is gone.
drop trigger customers_both_names on app.customers;
drop function app.customers_both_names();

-- Should one have slipped through.
update app.customers set display_name = fullname where display_name is null;
alter table app.customers alter column display_name set not null;
alter table app.customers drop column fullname;
