create schema app;
grant usage on schema app to course_app;
create table app.orders (
  id          bigint generated always as identity primary key,
  customer_id bigint,
  cents       bigint not null
);
insert into app.orders (customer_id, cents)
select 1 + n % 500, 100 + n from generate_series(1, 20000) n;
