create schema app;
grant usage on schema app to course_app;
create table app.customers (
  id       bigint generated always as identity primary key,
  email    text not null unique,
  fullname text not null
);
insert into app.customers (email, fullname)
select 'customer' || n || '@example.com', 'Customer ' || n from generate_series(1, 1000) n;
