create schema app;
grant usage on schema app to course_app;
create table app.users (
  id    int primary key,
  email text not null unique
);
create table app.posts (
  id         bigint generated always as identity primary key,
  author_id  int not null references app.users,
  created_at timestamptz not null
);
create index on app.posts (author_id, created_at);
insert into app.users select n, 'user' || n || '@example.com' from generate_series(1, 300) n;
insert into app.posts (author_id, created_at)
select 1 + n % 200, timestamptz '2026-01-01 00:00Z' + n * interval '1 minute' from generate_series(1, 2000) n;
