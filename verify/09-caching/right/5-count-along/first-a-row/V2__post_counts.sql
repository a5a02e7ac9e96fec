create table app.post_counts (
  author int primary key,
  posts  bigint not null
);
revoke all on app.post_counts from public, course_app;
grant select on app.post_counts to course_app;

create function app.count_posts() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  changes constant text := case tg_op
    when 'INSERT' then 'select author, count(*) from after_rows group by author order by author'
    when 'DELETE' then 'select author, -count(*) from before_rows group by author order by author'
    when 'UPDATE' then
      'select author, coalesce(a.n, 0) - coalesce(b.n, 0)
       from (select author, count(*) as n from before_rows group by author) b
       full join (select author, count(*) as n from after_rows group by author) a using (author)
       where a.n is distinct from b.n
       order by author'
  end;
  who int;
  n   bigint;
begin
  if tg_op = 'TRUNCATE' then
    truncate app.post_counts;
    return null;
  end if;
  -- in the order of the authors, so that two writers don't deadlock in a single statement
  for who, n in execute changes loop
    -- waits for whoever is making the same row; then it is there, whoever made it
    insert into app.post_counts (author, posts) values (who, 0) on conflict do nothing;
    update app.post_counts set posts = posts + n where author = who;
  end loop;
  return null;
end $$;

-- nobody else may hang it on a table of his own
revoke execute on function app.count_posts() from public;

create trigger posts_inserted after insert on app.posts
  referencing new table as after_rows
  for each statement execute function app.count_posts();
create trigger posts_deleted after delete on app.posts
  referencing old table as before_rows
  for each statement execute function app.count_posts();
create trigger posts_updated after update on app.posts
  referencing old table as before_rows new table as after_rows
  for each statement execute function app.count_posts();
create trigger posts_truncated after truncate on app.posts
  for each statement execute function app.count_posts();

-- those who were writing have ended, and others wait for this migration
insert into app.post_counts (author, posts)
select author, count(*) from app.posts group by author;
