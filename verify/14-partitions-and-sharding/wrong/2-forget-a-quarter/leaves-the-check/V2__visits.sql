create table app.visits_2026_q1 (like app.visits including all excluding identity excluding statistics);

-- attach then knows without a scan that all of its rows fit
alter table app.visits_2026_q1 add constraint visits_2026_q1_day
  check (day >= '2026-01-01' and day < '2026-04-01');

alter table app.visits attach partition app.visits_2026_q1
  for values from ('2026-01-01') to ('2026-04-01');

alter table app.visits detach partition app.visits_2025_q1 concurrently;

drop table app.visits_2025_q1;
