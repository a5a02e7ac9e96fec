create schema app;
grant usage on schema app to course_app;

create table app.users (
  -- A number is short and grows, so new keys stay together in the index. uuidv7() of PostgreSQL 18 does that as well,
  -- and does not tell how many users there are.
  id            bigint generated always as identity primary key,
  -- text: varchar(255) takes the same room and fails at 256.
  email         text not null,
  password_hash text not null,
  -- timestamptz is an instant. A timestamp is what a clock on some wall showed.
  created_at    timestamptz not null default now()
);

-- The only index on email. It makes the address unique in any spelling, and serves where lower(email) = lower(?).
create unique index users_email on app.users (lower(email)) where length(email) < 100;
