-- The column gets its new name at once. As long as old programs are alive,
-- both talk to a view that shows the one column under both names:
-- a simple view is updatable, and each program names only one of the two.
alter table app.customers rename to customers_table;
alter table app.customers_table rename column fullname to display_name;

-- Who reads and writes the view needs the same right to the table, and has it: it came along.
create view app.customers with (security_invoker = true) as
select t.*, t.display_name as fullname
from app.customers_table t;

-- The rights to the view: those to the table.
do $$
declare
  r record;
begin
  for r in
    select a.privilege_type,
           case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as grantee
    from pg_class c, aclexplode(c.relacl) a
    where c.oid = 'app.customers_table'::regclass
      and a.grantee <> c.relowner
      and a.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  loop
    execute format('grant %s on app.customers to %s', r.privilege_type, r.grantee);
  end loop;

  -- and those to single columns, if there are any
  for r in
    select a.privilege_type, t.attname,
           case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as grantee
    from pg_attribute t, aclexplode(t.attacl) a
    where t.attrelid = 'app.customers_table'::regclass
      and a.privilege_type in ('SELECT', 'INSERT', 'UPDATE')
  loop
    execute format('grant %s (%I) on app.customers to %s', r.privilege_type, r.attname, r.grantee);
    if r.attname = 'display_name' then
      execute format('grant %s (fullname) on app.customers to %s', r.privilege_type, r.grantee);
    end if;
  end loop;
end
$$;
