-- First what is about nothing: out of the one table and into the other, in one statement.
create table app.lost_comments (
  id               bigint primary key,
  commentable_type text not null,
  commentable_id   bigint not null,
  body             text not null
);
with lost as (
  delete from app.comments c
  where not exists (
    select from app.articles a where a.id = c.commentable_id and c.commentable_type ~* '^article$'
    union all
    select from app.photos p where p.id = c.commentable_id and c.commentable_type ~* '^photo$'
  )
  returning c.id, c.commentable_type, c.commentable_id, c.body
)
insert into app.lost_comments (id, commentable_type, commentable_id, body)
select id, commentable_type, commentable_id, body from lost;

-- What was the id of anything becomes the id of an article; photos move over.
alter table app.comments rename column commentable_id to article_id;
alter table app.comments alter column article_id drop not null;
alter table app.comments add column photo_id bigint;
update app.comments set photo_id = article_id, article_id = null where commentable_type ~* '^photo$';
alter table app.comments drop column commentable_type;

alter table app.comments
  add check ((article_id is null) <> (photo_id is null)),
  add foreign key (article_id) references app.articles on delete cascade,
  add foreign key (photo_id) references app.photos;
create index on app.comments (article_id) where article_id is not null;
create index on app.comments (photo_id) where photo_id is not null;
