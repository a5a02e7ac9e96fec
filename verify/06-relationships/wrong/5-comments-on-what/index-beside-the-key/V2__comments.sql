alter table app.comments
  add column article_id bigint,
  add column photo_id bigint;

update app.comments c set article_id = a.id
from app.articles a
where lower(c.commentable_type) = 'article' and c.commentable_id = a.id;

update app.comments c set photo_id = p.id
from app.photos p
where lower(c.commentable_type) = 'photo' and c.commentable_id = p.id;

-- What points nowhere is kept for whoever wants to find out why.
create table app.lost_comments as
select id, commentable_type, commentable_id, body from app.comments
where num_nonnulls(article_id, photo_id) = 0;

delete from app.comments where num_nonnulls(article_id, photo_id) = 0;

alter table app.comments
  drop column commentable_type,
  drop column commentable_id,
  add constraint comments_about_one_thing check (num_nonnulls(article_id, photo_id) = 1),
  add constraint comments_article foreign key (article_id) references app.articles on delete cascade,
  add constraint comments_photo foreign key (photo_id) references app.photos on delete restrict;

-- Each holds the rows of its own kind only.
create index comments_of_article on app.comments (article_id) where article_id is not null;
create index comments_of_photo on app.comments (photo_id) where photo_id is not null;
create unique index comments_id on app.comments (id);
