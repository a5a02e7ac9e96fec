create function app.my_teams() returns setof int stable security definer language plpgsql
  set search_path = app, pg_temp rows 5 as $$
begin
  return query select m.team_id from members m where m.user_name = current_setting('app.user', true) and m.user_name <> '';
end $$;
drop policy members on app.documents;
create policy of_my_teams on app.documents using (team_id = any (array(select app.my_teams())));
create index on app.documents (team_id, id);
create index on app.members (user_name, team_id);
drop function app.is_member(int);
