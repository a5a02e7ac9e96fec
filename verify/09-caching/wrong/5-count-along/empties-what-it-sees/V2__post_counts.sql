create table app.post_counts (
  author int primary key,
  posts  bigint not null
);
revoke all on app.post_counts from public, course_app;
grant select on app.post_counts to course_app;

create function app.count_posts() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    delete from app.post_counts;
    return null;
  end if;
  if tg_op in ('UPDATE', 'DELETE') then
    update app.post_counts set posts = posts - 1 where author = old.author;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into app.post_counts as c (author, posts) values (new.author, 1)
    on conflict (author) do update set posts = c.posts + 1;
  end if;
  return null;
end $$;
revoke all on function app.count_posts() from public;

create trigger posts_counted after insert or update or delete on app.posts
  for each row execute function app.count_posts();
create trigger posts_truncated after truncate on app.posts
  for each statement execute function app.count_posts();

-- The triggers are there, and nobody writes until this is committed.
insert into app.post_counts select author, count(*) from app.posts group by author;
