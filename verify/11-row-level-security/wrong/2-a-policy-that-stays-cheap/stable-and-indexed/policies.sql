alter function app.is_member(int) stable;
create or replace function app.is_member(p_team int) returns boolean language plpgsql stable security definer
  set search_path = app, pg_temp as $$
begin
  return exists (select from members where team_id = p_team and user_name = nullif(current_setting('app.user', true), ''));
end $$;
create index documents_team on app.documents (team_id);
create index members_user on app.members (user_name);
