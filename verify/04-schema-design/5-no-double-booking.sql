create schema app;
grant usage on schema app to course_app;
create extension btree_gist;
create table app.bookings (
  id        bigint generated always as identity primary key,
  room_id   int not null,
  starts_at timestamptz not null,
  ends_at   timestamptz not null,
  state     text not null default 'booked' check (state in ('booked', 'cancelled'))
);
insert into app.bookings (room_id, starts_at, ends_at, state)
select 1 + n % 5, timestamptz '2026-01-01 08:00Z' + n / 5 * interval '1 hour', timestamptz '2026-01-01 09:00Z' + n / 5 * interval '1 hour', 'booked'
from generate_series(0, 199) n;
insert into app.bookings (room_id, starts_at, ends_at, state) values
  (1, '2026-01-01 08:00Z', '2026-01-01 12:00Z', 'cancelled'),
  (1, '2026-01-01 10:00Z', '2026-01-01 11:00Z', 'cancelled');
