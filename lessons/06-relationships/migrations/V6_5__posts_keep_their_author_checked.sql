alter table app.posts validate constraint posts_author;
