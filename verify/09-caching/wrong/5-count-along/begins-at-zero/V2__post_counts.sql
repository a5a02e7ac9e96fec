create table app.post_counts (
  author int primary key,
  posts  bigint not null
);
revoke insert, update, delete on app.post_counts from course_app;

-- As the owner: who writes posts may not write counts. So no name in it may depend on the caller's search_path.
create function app.count_posts() returns trigger
language plpgsql security definer set search_path = app, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    truncate post_counts; -- as the posts: also what the snapshot of this transaction does not see
    return null;
  end if;
  -- Adding, never counting again: c.posts is the newest there is, after any wait.
  if tg_op <> 'INSERT' then
    update post_counts c set posts = c.posts - 1 where author = old.author;
  end if;
  if tg_op <> 'DELETE' then
    insert into post_counts as c values (new.author, 1)
    on conflict (author) do update set posts = c.posts + 1;
  end if;
  return null;
end $$;
-- Whoever may execute it may make it the trigger of a temporary table of his own, and so change the counts.
revoke execute on function app.count_posts() from public;

create trigger posts_counted after insert or delete or update on app.posts
  for each row execute function app.count_posts();
create trigger posts_emptied after truncate on app.posts
  for each statement execute function app.count_posts();

