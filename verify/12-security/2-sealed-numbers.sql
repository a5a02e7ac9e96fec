create schema app;
grant usage on schema app to course_app;
-- What is sealed and found is made by the program; the database keeps it.
create table app.patients (
  id            uuid primary key,
  name          text not null,
  number_sealed bytea not null,
  number_index  bytea not null unique
);
grant select, insert, update, delete on app.patients to course_app;
