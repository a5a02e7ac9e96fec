create schema app;
grant usage on schema app to course_app;
create table app.jobs (
  id        bigint generated always as identity primary key,
  payload   text not null,
  queued_at timestamptz not null,
  done_at   timestamptz
);
create index jobs_open on app.jobs (queued_at) where done_at is null;
-- The later the number, the older the job: who sorts by id, or not at all, takes them in the wrong order. They were queued
-- within the same second, but for the oldest, before 1970, and the newest, which is to come.
insert into app.jobs (id, payload, queued_at, done_at) overriding system value
select 5000000000 + n, 'job ' || n,
       case n when 60 then '1969-12-31 23:59 UTC' when 1 then '2099-01-01 UTC' else timestamptz '2026-01-02 00:00 UTC' - n * interval '1 microsecond' end,
       case when n > 60 then timestamptz '2026-01-03 00:00 UTC' end
from generate_series(1, 80) n;

-- What a worker sees can be stopped for a moment, after it has begun to look and before it has seen the first job.
create schema probe;
grant usage on schema probe to course_app;
create function probe.stop() returns boolean language plpgsql as $$
begin
  if current_setting('probe.armed', true) = 'yes' then
    perform set_config('probe.armed', 'no', false);
    perform pg_advisory_lock(1207, 4);
    perform pg_advisory_unlock(1207, 4);
  end if;
  return true;
end $$;
create policy looks on app.jobs for select to course_app using (probe.stop());
create policy changes on app.jobs for update to course_app using (true);
