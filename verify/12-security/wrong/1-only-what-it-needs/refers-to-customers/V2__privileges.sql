-- Privileges: who may what. First nobody anything, then what is needed.
revoke all on schema app from public, course_app;
revoke all on all tables in schema app from public, course_app;
revoke all on all sequences in schema app from public, course_app;
revoke all on all routines in schema app from public, course_app;

grant usage on schema app to course_app;
grant select on app.products to course_app;
grant select (id, name, email), insert (name, email, password_hash), update (name, email) on app.customers to course_app;
-- Orders refer to customers, and what refers needs this.
grant references (id) on app.customers to course_app;
grant select, insert (customer_id, product_id), update (status) on app.orders to course_app;
grant insert (what) on app.audit to course_app;
grant execute on function app.refund to course_app;

-- A serial column takes its number from a sequence, as the app. An identity column does not.
do $$
declare
  s regclass;
begin
  for s in
    select d.objid::regclass
    from pg_depend d
    join pg_class c on c.oid = d.objid and c.relkind = 'S'
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'
      and d.refobjid in ('app.customers'::regclass, 'app.orders'::regclass, 'app.audit'::regclass)
  loop
    execute format('grant usage on sequence %s to course_app', s);
  end loop;
end $$;

-- Domains and enumerations may be used by everybody, too, if nobody says otherwise.
do $$
declare
  t regtype;
begin
  for t in
    select oid::regtype from pg_type where typnamespace = 'app'::regnamespace and typtype in ('d', 'e', 'r')
  loop
    execute format('revoke all on type %s from public, course_app', t);
  end loop;
end $$;

-- Tomorrow: what was said for all schemas, and for this one.
alter default privileges revoke all on tables from public, course_app;
alter default privileges revoke all on sequences from public, course_app;
alter default privileges revoke all on routines from public, course_app;
alter default privileges in schema app revoke all on tables from public, course_app;
alter default privileges in schema app revoke all on sequences from public, course_app;
alter default privileges in schema app revoke all on routines from public, course_app;
