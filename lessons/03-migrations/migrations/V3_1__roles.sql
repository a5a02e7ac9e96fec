create schema app;
grant usage on schema app to course_app;

create table app.roles (
  code  text primary key,
  label text not null
);
insert into app.roles values ('admin', 'Administrator'), ('user', 'User'), ('guest', 'Guest');
