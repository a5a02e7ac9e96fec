-- How many posts in which month: without this the planner expects as many months as posts.
create statistics app.posts_month on (date_trunc('month', created_at at time zone 'UTC')) from app.posts;
analyze app.posts;
