create materialized view app.posts_per_user as
select u.id as user_id, coalesce(p.posts, 0) as posts, p.last_post_at
from app.users u
left join (
  select author_id, count(*) as posts, max(created_at) as last_post_at
  from app.posts
  group by author_id
) p on p.author_id = u.id
with data;

-- refresh ... concurrently asks for it
create unique index posts_per_user_user on app.posts_per_user (user_id);

-- False if another transaction has refreshed, or is refreshing, and has not ended.
create function app.refresh_posts_per_user() returns boolean
language plpgsql volatile
as $$
begin
  if not pg_try_advisory_xact_lock('app.posts_per_user'::regclass::oid::bigint) then
    return false;
  end if;
  refresh materialized view concurrently app.posts_per_user;
  return true;
end $$;

revoke execute on function app.refresh_posts_per_user() from public;
