-- nobody writes from here on, readers may go on for the moment
lock table app.visits in share row exclusive mode;

alter table app.visits detach partition app.visits_default;

create table app.visits_2026_q1 partition of app.visits
  for values from ('2026-01-01') to ('2026-04-01');

with moved as (
  delete from app.visits_default
  where day >= '2026-01-01' and day < '2026-04-01'
  returning *
)
insert into app.visits select * from moved;

alter table app.visits attach partition app.visits_default default;
