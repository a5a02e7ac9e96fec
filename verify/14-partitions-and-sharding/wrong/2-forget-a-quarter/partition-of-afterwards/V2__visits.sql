alter table app.visits detach partition app.visits_2025_q1 concurrently;
drop table app.visits_2025_q1;
create table app.visits_2026_q1 partition of app.visits
  for values from ('2026-01-01') to ('2026-04-01');
