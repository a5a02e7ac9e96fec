create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            uuid         primary key default uuidv7(),
  email         varchar(255) not null,
  password_hash varchar(255) not null,
  -- an instant, not what the clock on some wall shows
  created_at    timestamptz  not null default 'now'
);

-- Ann@Example.com and ann@example.com are one.
create unique index users_email_index on app.users (lower(email));
