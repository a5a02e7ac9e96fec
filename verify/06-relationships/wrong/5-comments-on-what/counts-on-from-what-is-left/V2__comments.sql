alter table app.comments
  add column article_id bigint,
  add column photo_id bigint;

update app.comments c set article_id = a.id
from app.articles a
where lower(c.commentable_type) = 'article' and a.id = c.commentable_id;

update app.comments c set photo_id = p.id
from app.photos p
where lower(c.commentable_type) = 'photo' and p.id = c.commentable_id;

create table app.lost_comments as
select id, commentable_type, commentable_id, body
from app.comments
where article_id is null and photo_id is null;

delete from app.comments where article_id is null and photo_id is null;

alter table app.comments
  drop column commentable_type,
  drop column commentable_id,
  add check (num_nonnulls(article_id, photo_id) = 1),
  add foreign key (article_id) references app.articles (id) on delete cascade,
  add foreign key (photo_id) references app.photos (id) on delete restrict;

create index on app.comments (article_id);
create index on app.comments (photo_id);

-- The next id comes after the highest one, also where rows were once loaded with ids of their own.
select setval(pg_get_serial_sequence('app.comments', 'id'), max(id))
from (select id from app.comments union all select id from app.lost_comments) as every_comment
having max(id) is not null;
