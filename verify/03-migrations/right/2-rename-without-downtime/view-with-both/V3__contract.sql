-- The last old program is gone: no more view, the table takes its name back.
drop view app.customers;
alter table app.customers_table rename to customers;

-- PostgreSQL 18 gives a not null a name, and that one still speaks of the fullname.
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
