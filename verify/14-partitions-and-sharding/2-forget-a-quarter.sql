create schema app;
grant usage on schema app to course_app;
create table app.visits (
  day     date not null,
  user_id int not null,
  page    text not null,
  primary key (user_id, day, page)
) partition by range (day);
create table app.visits_2025_q1 partition of app.visits for values from ('2025-01-01') to ('2025-04-01');
create table app.visits_2025_q2 partition of app.visits for values from ('2025-04-01') to ('2025-07-01');
create table app.visits_2025_q3 partition of app.visits for values from ('2025-07-01') to ('2025-10-01');
create table app.visits_2025_q4 partition of app.visits for values from ('2025-10-01') to ('2026-01-01');
create index visits_page on app.visits (page);
insert into app.visits select date '2025-01-01' + n % 340, n % 997, '/pages/' || n from generate_series(1, 8000) n;
grant select, insert, update, delete on app.visits to course_app;
