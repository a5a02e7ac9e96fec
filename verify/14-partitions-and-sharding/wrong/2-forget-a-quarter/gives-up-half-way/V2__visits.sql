set lock_timeout = '2s';

create table app.visits_2026_q1 (like app.visits including defaults including constraints);
alter table app.visits attach partition app.visits_2026_q1
  for values from ('2026-01-01') to ('2026-04-01');

alter table app.visits detach partition app.visits_2025_q1 concurrently;
drop table app.visits_2025_q1;

reset lock_timeout;
