create function app.my_teams() returns int[] volatile security definer language plpgsql
  set search_path = app, pg_temp as $$
declare
  v_user text := nullif(current_setting('app.user', true), '');
begin
  if coalesce(current_setting('app.teams_of', true), '') is distinct from coalesce(v_user, '') or v_user is null then
    perform set_config('app.teams_of', coalesce(v_user, ''), false),
      set_config('app.teams', array(select team_id from members where user_name = v_user)::text, false);
  end if;
  return current_setting('app.teams')::int[];
end $$;
alter policy members on app.documents using (team_id = any ((select app.my_teams())::int[]));
create index documents_team on app.documents (team_id);
create index members_user on app.members (user_name);
