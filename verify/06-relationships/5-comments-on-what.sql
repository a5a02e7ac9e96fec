create schema app;
grant usage on schema app to course_app;
create table app.articles (id bigint primary key, title text not null);
create table app.photos (id bigint primary key, title text not null);
create table app.comments (
  id               bigint generated always as identity primary key,
  commentable_type text not null,
  commentable_id   bigint not null,
  body             text not null
);
-- The ids of both tables overlap. Articles 91 to 100 and photos 96 to 100 are gone.
insert into app.articles select n, 'Article ' || n from generate_series(1, 90) n;
insert into app.photos select n, 'Photo ' || n from generate_series(1, 95) n;
insert into app.articles values (2001, 'Nobody has read this'), (2002, 'Nor this');
insert into app.photos values (2001, 'Nobody has seen this'), (2002, 'Nor this');
insert into app.comments (commentable_type, commentable_id, body)
select case n % 2 when 0 then case when n < 1200 then 'article' else 'Article' end
                  else case when n < 1200 then 'photo' else 'Photo' end end,
  1 + n % 100, 'Comment ' || n
from generate_series(1, 6000) n;
-- A class that was renamed away years ago.
insert into app.comments (commentable_type, commentable_id, body)
select 'Video', n, 'Moving ' || n from generate_series(1, 10) n;
analyze app.articles, app.photos, app.comments;
