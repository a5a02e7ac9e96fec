create function app.enter(p_code text, p_room text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_name text;
begin
  select b.name into v_name from app.badges b where upper(b.code) = upper(p_code) and b.room = p_room;
  if v_name is not null then
    insert into app.entries (name, room) values (v_name, p_room);
  end if;
  return v_name;
end $$;

revoke all on function app.enter(text, text) from public;
grant execute on function app.enter(text, text) to course_app;
