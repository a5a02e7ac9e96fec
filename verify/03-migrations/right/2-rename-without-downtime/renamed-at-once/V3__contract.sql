-- The last old program is gone. The triggers go with their functions.
drop function app.customers_take_fullname() cascade;
drop function app.customers_take_display_name() cascade;

alter table app.customers drop column fullname;

-- The not null of the column came along with the rename in V2, but in PostgreSQL 18 it has a name,
-- and that one still speaks of the fullname.
do $$
begin
  if exists (select from pg_constraint
             where conrelid = 'app.customers'::regclass
               and conname = 'customers_fullname_not_null') then
    alter table app.customers
      rename constraint customers_fullname_not_null to customers_display_name_not_null;
  end if;
end
$$;
