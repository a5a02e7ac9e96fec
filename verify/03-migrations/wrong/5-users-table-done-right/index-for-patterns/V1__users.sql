create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint       generated always as identity primary key,
  email         varchar(255) not null,
  password_hash varchar(255) not null,
  created_at    timestamptz  not null default now()
);

-- Ann@Example.com and ann@example.com are one.
create unique index users_email_key on app.users (lower(email));

-- For the search as one types: where lower(email) like 'ann%'.
create index users_email_index on app.users (lower(email) text_pattern_ops);
