create table app.post_counts (
  author int primary key,
  posts  bigint not null
);
revoke insert, update, delete, truncate on app.post_counts from course_app;

lock table app.posts in share row exclusive mode;
insert into app.post_counts select author, count(*) from app.posts group by author;

create function app.count_added() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.post_counts as c select author, count(*) from added group by author order by author
  on conflict (author) do update set posts = c.posts + excluded.posts;
  return null;
end $$;
create function app.count_removed() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.post_counts c set posts = c.posts - r.posts
  from (select author, count(*) as posts from removed group by author order by author) r where c.author = r.author;
  return null;
end $$;
create function app.count_moved() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.post_counts as c
  select author, sum(n) from (select author, 1 as n from added union all select author, -1 from removed) m
  group by author having sum(n) <> 0 order by author
  on conflict (author) do update set posts = c.posts + excluded.posts;
  return null;
end $$;
create function app.count_none() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  truncate app.post_counts;
  return null;
end $$;

revoke execute on all functions in schema app from public;
create trigger added after insert on app.posts referencing new table as added for each statement execute function app.count_added();
create trigger removed after delete on app.posts referencing old table as removed for each statement execute function app.count_removed();
create trigger moved after update on app.posts referencing old table as removed new table as added
  for each statement execute function app.count_moved();
create trigger emptied after truncate on app.posts for each statement execute function app.count_none();
