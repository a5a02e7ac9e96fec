create materialized view app.posts_per_user as
select u.id as user_id, count(p.id) as posts, max(p.created_at) as last_post_at
from app.users u
left join app.posts p on p.author_id = u.id
group by u.id;

create unique index posts_per_user_user on app.posts_per_user (user_id);
