create table app.post_counts (
  author int primary key,
  posts  bigint not null
);
revoke all on app.post_counts from public, course_app;
grant select on app.post_counts to course_app;

create function app.posts_came() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into app.post_counts as c (author, posts)
  select author, count(*) from came group by author order by author
  on conflict (author) do update set posts = c.posts + excluded.posts;
  return null;
end $$;

create function app.posts_gone() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into app.post_counts as c (author, posts)
  select author, -count(*) from gone group by author order by author
  on conflict (author) do update set posts = c.posts + excluded.posts;
  return null;
end $$;

create function app.all_posts_gone() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- like the truncate of the posts, it asks no snapshot what is there
  truncate app.post_counts;
  return null;
end $$;

-- whoever may execute a trigger function may put it on a table of his own
revoke execute on function app.posts_came(), app.posts_gone(), app.all_posts_gone() from public;

create trigger inserted after insert on app.posts
  referencing new table as came for each statement execute function app.posts_came();
create trigger deleted after delete on app.posts
  referencing old table as gone for each statement execute function app.posts_gone();
-- an update is both
create trigger updated_from after update on app.posts
  referencing old table as gone for each statement execute function app.posts_gone();
create trigger updated_to after update on app.posts
  referencing new table as came for each statement execute function app.posts_came();
create trigger truncated after truncate on app.posts
  for each statement execute function app.all_posts_gone();

-- from here on nobody writes but us: create trigger has waited for them, and its lock lasts
insert into app.post_counts (author, posts)
select author, count(*) from app.posts group by author;
