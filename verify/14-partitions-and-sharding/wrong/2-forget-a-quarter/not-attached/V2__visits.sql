create table app.visits_2026_q1 (like app.visits);
alter table app.visits detach partition app.visits_2025_q1 concurrently;
drop table app.visits_2025_q1;
