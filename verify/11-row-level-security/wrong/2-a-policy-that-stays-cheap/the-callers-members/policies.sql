-- The teams of the user, asked once for each statement instead of once for each document.
create function app.my_teams() returns int[] language sql stable security definer
  set search_path = app as $$
  select array_agg(team_id) from members where user_name = nullif(current_setting('app.user', true), '')
$$;

create index members_user on app.members (user_name, team_id);
create index documents_team on app.documents (team_id);

alter policy members on app.documents
  using (team_id = any ((select app.my_teams())::int[]));
