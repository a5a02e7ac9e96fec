-- All of it away, from both who had it: whoever lists what to take away forgets the view.
revoke all on all tables in schema app from course_app, public;
revoke all on all sequences in schema app from public;
revoke all on all functions in schema app from course_app, public;
revoke create on schema app from course_app;

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
