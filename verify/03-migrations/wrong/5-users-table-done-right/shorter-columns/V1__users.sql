create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint generated always as identity primary key,
  email         varchar(100) not null,
  password_hash varchar(100) not null,
  created_at    timestamptz not null default now()
);
create unique index users_email on app.users (lower(email));
