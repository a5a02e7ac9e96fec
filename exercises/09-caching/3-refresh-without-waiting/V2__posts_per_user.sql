create materialized view app.posts_per_user as
select author_id as user_id, count(*) as posts, max(created_at) as last_post_at
from app.posts
group by author_id;
