create extension citext;
create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigserial primary key,
  email         citext not null unique,
  password_hash text not null,
  created_at    timestamp with time zone not null default current_timestamp
);

