-- Privileges: who may what. First nobody but the owner may anything.
do $$
declare
  who text;
begin
  for who in
    select distinct case a.grantee when 0 then 'public' else a.grantee::regrole::text end
    from (
      select relacl as acl, relowner as owner from pg_class where relnamespace = 'app'::regnamespace
      union all
      select t.attacl, c.relowner from pg_attribute t join pg_class c on c.oid = t.attrelid where c.relnamespace = 'app'::regnamespace
      union all
      select proacl, proowner from pg_proc where pronamespace = 'app'::regnamespace
      union all
      select nspacl, nspowner from pg_namespace where nspname = 'app'
    ) held, aclexplode(held.acl) a
    where a.grantee <> held.owner and a.grantee <> 'course_owner'::regrole
    union select 'public'
    union select 'course_app'
  loop
    execute 'revoke all on all tables in schema app from ' || who || ' cascade';
    execute 'revoke all on all sequences in schema app from ' || who || ' cascade';
    execute 'revoke all on all routines in schema app from ' || who || ' cascade';
    execute 'revoke all on schema app from ' || who || ' cascade';
  end loop;
end $$;

-- Types too: those that somebody made, not those that come with a table.
do $$
declare
  made regtype;
begin
  for made in
    select t.oid from pg_type t
    where t.typnamespace = 'app'::regnamespace and (t.typtype in ('e', 'd', 'r')
      or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
  loop
    execute format('revoke all on type %s from public, course_app', made);
  end loop;
end $$;

grant usage on schema app to course_app;
grant select on app.products to course_app;
grant select (id, name, email), insert (name, email, password_hash), update (name, email) on app.customers to course_app;
grant select, insert (customer_id, product_id), update (status) on app.orders to course_app;
grant insert (what) on app.audit to course_app;
grant execute on routine app.refund to course_app;
-- The list is without card and password_hash.
grant select (id, name, email) on app.customer_list to course_app;

-- Where an id comes from a sequence that the one who inserts has to ask.
do $$
declare
  numbers regclass;
begin
  for numbers in
    select distinct s.oid
    from pg_attrdef d
    join pg_depend u on u.classid = 'pg_attrdef'::regclass and u.objid = d.oid and u.refclassid = 'pg_class'::regclass
    join pg_class s on s.oid = u.refobjid and s.relkind = 'S'
    where d.adrelid in ('app.customers'::regclass, 'app.orders'::regclass, 'app.audit'::regclass)
  loop
    execute format('grant usage on sequence %s to course_app', numbers);
  end loop;
end $$;

-- Tomorrow: what was said for all schemas, and what was said for this one.
alter default privileges for role course_owner revoke all on tables from public, course_app;
alter default privileges for role course_owner revoke all on sequences from public, course_app;
alter default privileges for role course_owner revoke all on routines from public, course_app;
alter default privileges for role course_owner in schema app revoke all on tables from public, course_app;
alter default privileges for role course_owner in schema app revoke all on sequences from public, course_app;
alter default privileges for role course_owner in schema app revoke all on routines from public, course_app;
