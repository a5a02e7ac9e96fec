create schema app;
grant usage on schema app to course_app;
create table app.members (
  team_id   int not null,
  user_name text not null,
  primary key (team_id, user_name)
) with (autovacuum_enabled = off);
revoke all on app.members from course_app;
create table app.documents (
  id      int primary key,
  team_id int not null,
  title   text not null,
  body    text not null
) with (autovacuum_enabled = off);
insert into app.members select n % 2000, 'user' || n / 2 from generate_series(0, 39999) n;
insert into app.members values (1999, '');
insert into app.documents select n, n % 2000, 'Title ' || n, repeat(md5(n::text), 3) from generate_series(0, 39999) n;
create index documents_title on app.documents (lower(title));
create function app.is_member(p_team int) returns boolean language plpgsql security definer
  set search_path = app, pg_temp as $$
begin
  return exists (select from members where team_id = p_team and user_name = current_setting('app.user', true));
end $$;
create policy members on app.documents using (app.is_member(team_id));
alter table app.documents enable row level security;
analyze app.members, app.documents;
