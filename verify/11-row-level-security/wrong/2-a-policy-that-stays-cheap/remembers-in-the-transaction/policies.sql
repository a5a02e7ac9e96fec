create function app.my_teams() returns int[] volatile security definer language plpgsql
  set search_path = app, pg_temp as $$
declare
  v_user text := nullif(current_setting('app.user', true), '');
begin
  if coalesce(current_setting('app.teams', true), '') not like coalesce(v_user, '') || ':%' then
    perform set_config('app.teams', coalesce(v_user, '') || ':' || array(select team_id from members where user_name = v_user)::text, true);
  end if;
  return substr(current_setting('app.teams'), length(coalesce(v_user, '')) + 2)::int[];
end $$;
alter policy members on app.documents using (team_id = any ((select app.my_teams())::int[]));
create index documents_team on app.documents (team_id);
create index members_user on app.members (user_name);
