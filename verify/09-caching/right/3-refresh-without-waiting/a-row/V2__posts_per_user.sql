create materialized view app.posts_per_user as
select u.id as user_id, p.posts, p.last_post_at
from app.users u
cross join lateral (
  select count(*) as posts, max(created_at) as last_post_at
  from app.posts
  where author_id = u.id
) p;

create unique index on app.posts_per_user (user_id);

-- Whoever refreshes has this row locked until the end of the transaction.
create table app.posts_per_user_refresh (
  only_row boolean primary key default true check (only_row)
);
insert into app.posts_per_user_refresh default values;
