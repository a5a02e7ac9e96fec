create schema app;
grant usage on schema app to course_app;
create table app.members (
  id         bigint generated always as identity primary key,
  email      text not null unique,
  name       text not null,
  deleted_at timestamptz
);
insert into app.members (email, name, deleted_at)
select 'member' || n || '@example.com', 'Member ' || n, case when n % 3 = 0 then timestamptz '2026-01-01 12:00Z' end
from generate_series(1, 300) n;
insert into app.members (email, name, deleted_at) values
  ('Cap.Ital@Example.com', 'Capital', null),
  ('Gone@Example.com', 'Gone', '2026-01-01 12:00Z'),
  ('gone@example.com', 'Gone', '2026-01-01 12:00Z'),
  (' Blank@example.com', ' Blank ', null),
  ('behind@example.com ', 'Blank behind', null),
  ('Behind', 'blank', null),
  (E'tab\t@example.com\n', E'Tab\t', null),
  ('', '', null),
  ('日本@example.com', '日本', null),
  ('=HYPERLINK("x")', 'No address at all', null),
  ('leaves@example.com', 'Leaves later', '2999-01-01 12:00Z'),
  ('LEAVES@example.com', 'Never comes back', 'infinity'),
  ('Leaves@example.com', 'Was never here', '-infinity'),
  ('0@example.com', 'Of the first days', '1970-01-01 00:00Z');
