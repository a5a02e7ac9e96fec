create function app.teams_of(p_user text) returns int[] stable security definer language sql
  return array(select team_id from app.members where user_name = p_user and p_user <> '');
alter policy members on app.documents using (team_id = any ((select app.teams_of(current_setting('app.user', true)))::int[]));
create index documents_team on app.documents (team_id);
create index members_user on app.members (user_name);
