create schema app;
grant usage on schema app to course_app;
create table app.notes (tenant uuid, id int, title text not null, primary key (tenant, id));
create view app.titles as select tenant, title from app.notes;
