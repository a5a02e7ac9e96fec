create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint generated always as identity primary key,
  email         text not null,
  password_hash text not null,
  created_at    timestamp not null default (now() at time zone 'UTC')
);
create unique index users_email on app.users (lower(email));
