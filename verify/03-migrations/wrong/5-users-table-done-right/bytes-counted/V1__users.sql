create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            uuid primary key default uuidv7(),
  email         text not null check (octet_length(email) <= 255),
  password_hash text not null check (octet_length(password_hash) <= 255),
  created_at    timestamptz not null default now()
);
create unique index users_email_key on app.users (lower(email));
