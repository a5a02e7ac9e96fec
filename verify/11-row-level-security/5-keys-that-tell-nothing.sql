create schema app;
grant usage on schema app to course_app;
create table app.projects (
  id     int primary key,
  tenant text not null,
  name   text not null unique
);
create table app.tasks (
  id         int primary key,
  tenant     text not null,
  project_id int not null references app.projects on delete cascade,
  title      text not null
);
create policy own on app.projects using (tenant = nullif(current_setting('app.tenant', true), ''));
create policy own on app.tasks using (tenant = nullif(current_setting('app.tenant', true), ''));
alter table app.projects enable row level security;
alter table app.tasks enable row level security;
insert into app.projects values (1, 'alice', 'Garden'), (2, 'alice', 'Kitchen'), (3, 'bob', 'Merger'), (4, 'bob', 'Holidays'), (5, 'carol', 'Empty');
insert into app.tasks values (1, 'alice', 1, 'Plant trees'), (2, 'alice', 1, 'Water them'), (3, 'alice', 2, 'Cook'),
  (4, 'bob', 3, 'Call lawyers'), (5, 'bob', 4, 'Book a flight'), (6, 'alice', 3, 'What is this?'), (7, 'carol', 2, 'And this?'), (8, 'bob', 5, 'Or this?');
