create or replace function app.enter(p_code text, p_room text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, app
as $$
declare
  v_name app.badges.name%type;
  v_now timestamptz := clock_timestamp();
begin
  select b.name into v_name from app.badges as b where b.code = lower(p_code) and b.room = p_room;
  if v_name is not null then
    insert into app.entries (name, room, entered_at) values (v_name, p_room, v_now);
  end if;
  return v_name;
end $$;

revoke all on function app.enter(text, text) from public;
grant execute on function app.enter(text, text) to course_app;
