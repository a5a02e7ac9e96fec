create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            int primary key default (random() * 1000000)::int,
  email         text not null,
  password_hash text not null,
  created_at    timestamptz not null default now()
);
create unique index users_email on app.users (lower(email));
