create materialized view app.posts_per_user as
with counted as (
  select author_id, count(*) as posts, max(created_at) as last_post_at from app.posts group by author_id
)
select u.id as user_id,
       coalesce(c.posts, 0) as posts,
       c.last_post_at
from app.users u left join counted c on c.author_id = u.id;

-- The key by which concurrently compares old and new.
create unique index on app.posts_per_user (user_id);
