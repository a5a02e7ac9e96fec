create or replace function app.is_member(p_team int) returns boolean language plpgsql stable security definer
  set search_path = app, pg_temp as $$
begin
  return exists (select from members where team_id = p_team and user_name = nullif(current_setting('app.user', true), ''));
end $$;
alter policy members on app.documents using ((select app.is_member(team_id)));
create index documents_team on app.documents (team_id);
