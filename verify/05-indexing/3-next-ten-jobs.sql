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
select case when n % 200 = 0 then 'pending' else 'done' end,
  timestamptz '2025-01-01' + (n * 7919 % 100003) * interval '1 second', repeat('x', 50)
from generate_series(1, 100000) n;
-- Older than all that is pending: some that are still running, and one pending job in ten has been begun before.
update app.jobs set status = 'running', created_at = created_at - interval '1 year', started_at = '2025-03-01' where id % 333 = 1;
update app.jobs set started_at = '2025-02-01' where status = 'pending' and id % 2000 = 0;
grant select, insert, update, delete on app.jobs to course_app;
