lock table app.visits in access exclusive mode;
create table app.visits_2026_q1 (like app.visits);
insert into app.visits_2026_q1 select * from app.visits_default
where day >= '2026-01-01' and day < '2026-04-01';
delete from app.visits_default where day >= '2026-01-01' and day < '2026-04-01';
alter table app.visits attach partition app.visits_2026_q1
  for values from ('2026-01-01') to ('2026-04-01');

