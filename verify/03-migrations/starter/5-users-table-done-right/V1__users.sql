create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            uuid,
  email         varchar(255) not null unique,
  password_hash varchar(255) not null,
  created_at    timestamp default current_timestamp
);
create index users_email_index on app.users (email);
