alter table app.comments rename to lost_comments;
create table app.comments (
  id         bigint generated always as identity primary key,
  article_id bigint references app.articles on delete cascade,
  photo_id   bigint references app.photos,
  body       text not null,
  check ((article_id is null) <> (photo_id is null))
);
insert into app.comments (id, article_id, photo_id, body) overriding system value
select c.id, a.id, p.id, c.body
from app.lost_comments c
left join app.articles a on commentable_type ilike 'article' and commentable_id = a.id
left join app.photos p on commentable_type ilike 'photo' and commentable_id = p.id
where a.id is not null or p.id is not null;
delete from app.lost_comments where id in (select id from app.comments);
select setval(pg_get_serial_sequence('app.comments', 'id'), nextval(pg_get_serial_sequence('app.lost_comments', 'id')), false);
create index on app.comments (article_id);
create index on app.comments (photo_id);
