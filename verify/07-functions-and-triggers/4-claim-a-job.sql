create schema app;
grant usage on schema app to course_app;
create table app.jobs (
  id        bigint generated always as identity primary key,
  payload   text not null,
  queued_at timestamptz not null,
  done_at   timestamptz
);
create index jobs_open on app.jobs (queued_at) where done_at is null;
-- The later the number, the older the job: who sorts by id, or not at all, takes them in the wrong order.
insert into app.jobs (payload, queued_at, done_at)
select 'job ' || n, timestamptz '2026-01-02 00:00 UTC' - n * interval '1 minute',
       case when n > 60 then timestamptz '2026-01-03 00:00 UTC' end
from generate_series(1, 80) n;
