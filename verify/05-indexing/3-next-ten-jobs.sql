create schema app;
grant usage on schema app to course_app;
create table app.jobs (
  id         bigint generated always as identity primary key,
  status     text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  payload    text not null
);
insert into app.jobs (status, created_at, payload)
select case when n % 200 = 0 then 'pending' when n % 5000 = 1 then 'running' else 'done' end,
  timestamptz '2025-01-01' + (n * 7919 % 100003) * interval '1 second', repeat('x', 50)
from generate_series(1, 100000) n;
grant select, insert, update, delete on app.jobs to course_app;
