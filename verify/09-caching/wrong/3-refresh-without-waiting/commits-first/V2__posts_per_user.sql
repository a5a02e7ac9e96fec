create materialized view app.posts_per_user as
select u.id as user_id,
       count(p.id) as posts, -- count(*) would count the row that left join makes up
       max(p.created_at) as last_post_at
from app.users u left join app.posts p on p.author_id = u.id
group by u.id;

-- The key by which concurrently compares old and new.
create unique index on app.posts_per_user (user_id);
