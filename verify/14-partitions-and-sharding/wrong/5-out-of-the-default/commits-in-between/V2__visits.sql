create table app.visits_2026_q1 (like app.visits);
commit;
begin;
alter table app.visits detach partition app.visits_default;
with moved as (
  delete from app.visits_default
  where day >= '2026-01-01' and day < '2026-04-01'
  returning *
)
insert into app.visits_2026_q1 select * from moved;

alter table app.visits attach partition app.visits_2026_q1
  for values from ('2026-01-01') to ('2026-04-01');
alter table app.visits attach partition app.visits_default default;
