alter table app.comments
  add column article_id bigint,
  add column photo_id bigint;

update app.comments c set article_id = a.id
from app.articles a
where lower(c.commentable_type) = 'article' and a.id = c.commentable_id;
update app.comments c set photo_id = p.id
from app.photos p
where lower(c.commentable_type) = 'photo' and p.id = c.commentable_id;

create table app.lost_comments (
  id               bigint primary key,
  commentable_type text not null,
  commentable_id   bigint not null,
  body             text not null
);
insert into app.lost_comments
select id, commentable_type, commentable_id, body
from app.comments where article_id is null and photo_id is null;
delete from app.comments where article_id is null and photo_id is null;

alter table app.comments
  drop column commentable_type,
  drop column commentable_id;
alter table app.comments
  add constraint comments_about_one_thing check (num_nonnulls(article_id, photo_id) = 1),
  add foreign key (article_id) references app.articles (id) on delete cascade,
  add foreign key (photo_id) references app.photos (id) 
    -- At the commit, so that a photo can be replaced by a better one within a transaction.
    on delete no action deferrable initially deferred;
create index comments_of_article on app.comments (article_id);
create index comments_of_photo on app.comments (photo_id);
