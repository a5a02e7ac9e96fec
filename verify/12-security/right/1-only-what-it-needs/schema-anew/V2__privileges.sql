revoke all on schema app from course_app;
grant usage on schema app to course_app;
do $$
declare thing text;
begin
  for thing in select oid::regclass from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'v', 'S') loop
    execute format('revoke all on %s %s from public, course_app', case when thing like '%seq' then 'sequence' else 'table' end, thing);
  end loop;
end $$;
revoke all on all functions in schema app from course_app, public;

grant select on app.products to course_app;
grant select (id, name, email), insert (name, email, password_hash), update (name, email) on app.customers to course_app;
grant select, insert (customer_id, product_id), update (status) on app.orders to course_app;
grant insert (what) on app.audit to course_app;
grant execute on function app.refund(bigint) to course_app;

-- Tomorrow: what was said for all schemas, and what was said for this one.
alter default privileges revoke all on tables from course_app;
alter default privileges revoke all on sequences from course_app;
alter default privileges revoke execute on functions from public;
alter default privileges in schema app revoke all on tables from public;
