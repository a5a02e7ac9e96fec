create table app.jobs (
  id        bigint generated always as identity primary key,
  kind      text not null,
  payload   jsonb not null default '{}',
  queued_at timestamptz not null default now(),
  done_at   timestamptz
);
create index jobs_open on app.jobs (id) where done_at is null;

create function app.jobs_ring() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('jobs', '');
  return null;
end $$;

create trigger jobs_ring after insert on app.jobs
  for each statement execute function app.jobs_ring();
