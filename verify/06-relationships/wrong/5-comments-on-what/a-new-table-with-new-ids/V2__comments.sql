alter table app.comments rename to old_comments;
create table app.comments (
  id         bigint generated always as identity primary key,
  article_id bigint references app.articles on delete cascade,
  photo_id   bigint references app.photos on delete restrict,
  body       text not null,
  check (num_nonnulls(article_id, photo_id) = 1)
);
insert into app.comments (article_id, photo_id, body)
select a.id, p.id, c.body
from app.old_comments c
left join app.articles a on lower(commentable_type) = 'article' and commentable_id = a.id
left join app.photos p on lower(commentable_type) = 'photo' and commentable_id = p.id
where num_nonnulls(a.id, p.id) = 1;
delete from app.old_comments where body in (select body from app.comments);
alter table app.old_comments rename to lost_comments;
create index on app.comments (article_id);
create index on app.comments (photo_id);
