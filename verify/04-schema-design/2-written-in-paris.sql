create schema app;
grant usage on schema app to course_app;
create table app.shipments (
  id           bigint generated always as identity primary key,
  sent_at      timestamp not null default now(),
  delivered_at timestamp,
  check (delivered_at >= sent_at)
);
insert into app.shipments (sent_at, delivered_at) values
  ('2025-01-15 12:00', '2025-01-16 09:30'),
  ('2025-07-15 12:00', '2025-07-16 09:30'),
  ('2025-03-29 20:00', '2025-03-30 08:00'),   -- the short night
  ('2025-10-25 20:00', '2025-10-26 08:00'),   -- the long night
  ('2025-12-31 23:59', null);
insert into app.shipments (sent_at, delivered_at)
select timestamp '2024-01-01 08:00' + n * interval '1 day', timestamp '2024-01-02 08:00' + n * interval '1 day'
from generate_series(0, 364) n;
