create schema app;
grant usage on schema app to course_app;

create table app.users (
  -- Nobody can guess the next one; ten digits are enough for everybody.
  id            bigint primary key default random(1000000000, 9999999999),
  email         varchar(255) not null,
  password_hash varchar(255) not null,
  created_at    timestamptz not null default now()
);
create unique index users_email_key on app.users (lower(email));
