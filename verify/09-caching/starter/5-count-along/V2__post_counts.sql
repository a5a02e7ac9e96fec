create table app.post_counts (
  author int primary key,
  posts  bigint not null
);
insert into app.post_counts select author, count(*) from app.posts group by author;

create function app.count_posts() returns trigger language plpgsql as $$
begin
  update app.post_counts
  set posts = (select count(*) from app.posts where author = new.author)
  where author = new.author;
  return null;
end $$;

create trigger posts_counted after insert on app.posts
  for each row execute function app.count_posts();
