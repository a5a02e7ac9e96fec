create schema app;
grant usage on schema app to course_app;
create table app.views (
  page_id int,
  day     date,
  seen    int not null,
  note    text not null,
  primary key (day, page_id)
);
insert into app.views
select p, date '2025-01-01' + d, d + p, 'counted by the web server of that day' from generate_series(1, 200) d, generate_series(1, 500) p;
grant select, insert, update, delete on app.views to course_app;
