create function app.my_teams() returns int[] language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
    select array(select m.team_id from app.members m
      where m.user_name = nullif(current_setting('app.user', true), ''))
  $$;

create index on app.members (user_name) include (team_id);
create index on app.documents (team_id);

drop policy members on app.documents;
create policy members on app.documents for all to course_app
  using (team_id = any ((select app.my_teams())::int[]))
  with check (team_id = any ((select app.my_teams())::int[]));
