create function app.my_teams(out teams int[]) stable security definer language sql set search_path = app, pg_temp
  as $$ select coalesce(array_agg(team_id), '{}') from members where user_name = nullif(current_setting('app.user', true), '') $$;
drop policy members on app.documents;
create policy r on app.documents for select using (team_id = any ((select app.my_teams())::int[]));
create policy i on app.documents for insert with check (team_id = any ((select app.my_teams())::int[]));
create policy u on app.documents for update using (team_id = any ((select app.my_teams())::int[]));
create policy d on app.documents for delete using (team_id = any ((select app.my_teams())::int[]));
create index documents_team on app.documents (team_id);
create index members_user on app.members using hash (user_name);
