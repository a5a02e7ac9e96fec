create schema app;
grant usage on schema app to course_app;
create table app.tasks (id int primary key, done_at timestamptz);
insert into app.tasks values (5, null), (2, now()), (3, null), (4, now()), (1, null);
grant select, update on app.tasks to course_app;
