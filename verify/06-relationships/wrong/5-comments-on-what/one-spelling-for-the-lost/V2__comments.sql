-- one spelling first: Article, Photo
update app.comments set commentable_type = initcap(commentable_type)
where commentable_type <> initcap(commentable_type);

alter table app.comments
  add column article_id bigint,
  add column photo_id bigint;

update app.comments c set article_id = a.id
from app.articles a
where c.commentable_type = 'Article' and a.id = c.commentable_id;

update app.comments c set photo_id = p.id
from app.photos p
where c.commentable_type = 'Photo' and p.id = c.commentable_id;

create table app.lost_comments as
  select id, commentable_type, commentable_id, body
  from app.comments
  where article_id is null and photo_id is null;
delete from app.comments where article_id is null and photo_id is null;

alter table app.comments
  drop column commentable_type,
  drop column commentable_id,
  add constraint comments_about_one check (num_nonnulls(article_id, photo_id) = 1),
  add constraint comments_article foreign key (article_id) references app.articles on delete cascade,
  add constraint comments_photo foreign key (photo_id) references app.photos on delete restrict;

create index comments_of_article on app.comments (article_id);
create index comments_of_photo on app.comments (photo_id);
