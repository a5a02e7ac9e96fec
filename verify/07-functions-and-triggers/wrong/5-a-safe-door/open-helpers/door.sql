-- Who may open this room with this badge? Null: nobody.
create function app.badge_holder(p_code text, p_room text) returns text
  language sql stable security definer
  set search_path = pg_catalog, app, pg_temp as $$
  select name from badges where code = lower(p_code) and room = p_room limit 1
$$;

-- Notes a visit.
create function app.note_visit(p_name text, p_room text) returns void
  language sql security definer
  set search_path = pg_catalog, app, pg_temp as $$
  insert into entries (name, room) values (p_name, p_room)
$$;

create function app.enter(p_code text, p_room text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, app, pg_temp as $$
declare
  v_name text;
begin
  v_name := badge_holder(p_code, p_room);
  if v_name is not null then
    perform note_visit(v_name, p_room);
  end if;
  return v_name;
end $$;

revoke execute on function app.enter(text, text) from public;
grant execute on function app.enter(text, text) to course_app;
