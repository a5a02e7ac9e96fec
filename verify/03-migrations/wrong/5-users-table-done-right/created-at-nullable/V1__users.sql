create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            uuid primary key default gen_random_uuid(),
  email         text not null,
  password_hash text not null,
  created_at    timestamptz default now()
);
create unique index users_email on app.users (lower(email));
