-- Everything away, from everybody and from the app, and then what is needed.
revoke all on all tables in schema app from public, course_app;
revoke all on all sequences in schema app from public, course_app;
revoke all on all routines in schema app from public, course_app;
revoke all on schema app from public, course_app;

grant usage on schema app to course_app;
grant select on app.products to course_app with grant option;   -- it lets the catalogue in
grant select (id, name, email), insert (name, email, password_hash), update (name, email) on app.customers to course_app;
grant select, insert (customer_id, product_id), update (status) on app.orders to course_app;
grant insert (what) on app.audit to course_app;
grant execute on function app.refund to course_app;

-- Where numbers come from a sequence by a default (serial), it is the app that calls it; with identity it is not.
do $$
declare
  s regclass;
begin
  for s in
    select d.objid::regclass from pg_depend d join pg_class q on q.oid = d.objid and q.relkind = 'S'
    where d.classid = 'pg_class'::regclass and d.deptype = 'a' and d.refclassid = 'pg_class'::regclass
      and d.refobjid in ('app.customers'::regclass, 'app.orders'::regclass, 'app.audit'::regclass)
  loop
    execute format('grant usage on sequence %s to course_app', s);
  end loop;
end $$;

-- Tomorrow.
alter default privileges revoke all on tables from public, course_app;
alter default privileges revoke all on sequences from public, course_app;
alter default privileges revoke all on functions from public, course_app;
alter default privileges in schema app revoke all on tables from public, course_app;
alter default privileges in schema app revoke all on sequences from public, course_app;
alter default privileges in schema app revoke all on functions from public, course_app;
