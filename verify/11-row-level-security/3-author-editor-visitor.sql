create schema app;
grant usage on schema app to course_app;
create table app.staff (
  user_name text primary key,
  role      text not null check (role in ('author', 'editor'))
);
revoke insert, update, delete on app.staff from course_app;
create table app.articles (
  id     int primary key,
  author text not null,
  title  text not null,
  state  text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  locked boolean not null default false
);
insert into app.staff values ('ann', 'author'), ('bob', 'author'), ('eve', 'editor'), ('', 'editor');
insert into app.articles
select row_number() over (order by author, state, locked), author, format('A %s of %s', state, author), state, locked
from unnest(array['ann', 'bob', 'eve', 'fred', '']) author,
  unnest(array['draft', 'published', 'archived']) state, unnest(array[false, true]) locked;
