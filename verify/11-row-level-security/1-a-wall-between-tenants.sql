create schema app;
grant usage on schema app to course_app;
create table app.notes (
  tenant text not null,
  id     int not null,
  title  text not null,
  primary key (tenant, id)
);
create table app.comments (
  tenant  text not null,
  note_id int not null,
  body    text not null,
  primary key (tenant, note_id, body),
  foreign key (tenant, note_id) references app.notes on delete cascade
);
create view app.titles as
select n.tenant, n.title, (select count(*) from app.comments c where (c.tenant, c.note_id) = (n.tenant, n.id)) as comments
from app.notes n;
insert into app.notes values ('alice', 1, 'Buy cat food'), ('alice', 2, 'Learn SQL'), ('bob', 1, 'Ask for a raise'),
  ('', 1, 'Left by an import');
insert into app.comments values ('alice', 1, 'Which cat?'), ('bob', 1, 'How much?'), ('bob', 1, 'When?'), ('', 1, 'Whose?');
