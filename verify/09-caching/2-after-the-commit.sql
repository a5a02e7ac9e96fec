create schema app;
grant usage on schema app to course_app;
create table app.users (
  id            bigint primary key,
  email         text not null unique,
  password_hash text not null
);
insert into app.users select n, 'user' || n || '@example.com', 'secret-hash-' || n from generate_series(1, 50) n;
