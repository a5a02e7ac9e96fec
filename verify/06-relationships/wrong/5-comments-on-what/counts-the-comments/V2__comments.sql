-- Written anew, so that the columns stand in the order in which they are named.
create table app.comments_anew (
  id         bigint generated always as identity primary key,
  article_id bigint references app.articles on delete cascade,
  photo_id   bigint references app.photos on delete restrict,
  body       text not null,
  constraint comments_about_one check (num_nonnulls(article_id, photo_id) = 1)
);

insert into app.comments_anew (id, article_id, photo_id, body) overriding system value
select c.id, a.id, p.id, c.body
from app.comments c
left join app.articles a on lower(c.commentable_type) = 'article' and a.id = c.commentable_id
left join app.photos p on lower(c.commentable_type) = 'photo' and p.id = c.commentable_id
where num_nonnulls(a.id, p.id) = 1;

create table app.lost_comments as
  select id, commentable_type, commentable_id, body
  from app.comments c
  where not exists (select from app.comments_anew n where n.id = c.id);

-- go on counting where the old table stopped
select setval(pg_get_serial_sequence('app.comments_anew', 'id'), greatest(count(*), 1)) from app.comments;

drop table app.comments;
alter table app.comments_anew rename to comments;

create index comments_of_article on app.comments (article_id);
create index comments_of_photo on app.comments (photo_id);
