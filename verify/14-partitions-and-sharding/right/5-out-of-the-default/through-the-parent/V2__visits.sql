alter table app.visits detach partition app.visits_default;
create table app.visits_2026_q1 partition of app.visits
  for values from ('2026-01-01') to ('2026-04-01');
with moved as (
  delete from app.visits_default where day between '2026-01-01' and '2026-03-31' returning *
)
insert into app.visits select * from moved;
alter table app.visits attach partition app.visits_default default;
