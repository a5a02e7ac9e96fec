create schema app;
grant usage on schema app to course_app;

-- Upper and lower case are the same letter here, accents are not (ICU: strength 2).
create collation app.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create table app.users (
  id            uuid         primary key default uuidv7(),
  email         varchar(255) collate app.ignore_case not null unique,
  password_hash varchar(255) not null,
  created_at    timestamptz  not null default now()
);
