create function app.audit() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform app.audit_line(new.id, tg_op, null, to_jsonb(new));
  elsif tg_op = 'DELETE' then
    perform app.audit_line(old.id, tg_op, to_jsonb(old), null);
  elsif old is distinct from new then
    perform app.audit_line(new.id, tg_op, to_jsonb(old), to_jsonb(new));
  end if;
  return null;
end $$;

-- runs as whoever calls it: only the owner, from the function above
create function app.audit_line(p_id app.users.id%type, p_action text, p_old jsonb, p_new jsonb) returns void
  language sql
  begin atomic
    insert into app.audit_log (record_id, action, old_row, new_row, actor)
    values (p_id, p_action, p_old #- '{password_hash}', p_new #- '{password_hash}',
            case current_setting('app.current_user_id', true) <> ''
              when true then current_setting('app.current_user_id', true)
              else session_user
            end);
  end;

revoke all on function app.audit() from public, course_app;
revoke all on function app.audit_line from public, course_app;

create trigger users_audit after insert or update or delete on app.users
  for each row execute function app.audit();

revoke insert, update, delete, truncate, references, trigger on app.audit_log from public, course_app;
revoke truncate, trigger on app.users from public, course_app;
