create schema app;
grant usage on schema app to course_app;
create table app.events (
  id          bigint generated always as identity primary key,
  happened_at timestamptz not null,
  body        text not null
);
-- Newer events have lower numbers, so that "oldest first" is not the order of the table.
insert into app.events (happened_at, body)
select timestamptz '2026-01-01 00:00 UTC' - n * interval '1 minute', 'event ' || n from generate_series(1, 5500) n;
create index events_by_time on app.events (happened_at);
