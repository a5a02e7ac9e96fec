create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            uuid         not null default uuidv7(),
  email         varchar(255) not null,
  password_hash varchar(255) not null,
  created_at    timestamptz  not null default now(),

  -- The table will be partitioned by time one day, and then the key must contain it.
  primary key (id, created_at)
);

-- Ann@Example.com and ann@example.com are one.
create unique index users_email_index on app.users (lower(email));
