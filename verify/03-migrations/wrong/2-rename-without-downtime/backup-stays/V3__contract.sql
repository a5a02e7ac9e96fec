-- The last old program is gone.
drop trigger customers_both_names on app.customers;
drop function app.customers_both_names();

-- A dropped column does not come back: nobody shall lose a name.
create table app.customers_fullname_backup as
select email, fullname from app.customers;

alter table app.customers alter column display_name set not null;
alter table app.customers drop column fullname;
