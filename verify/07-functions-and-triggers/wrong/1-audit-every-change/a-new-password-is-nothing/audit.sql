-- Writes as the owner, because the application may not write to the audit.
create function app.audit() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, app, pg_temp as $$
declare
  v_old jsonb := to_jsonb(old) - 'password_hash';
  v_new jsonb := to_jsonb(new) - 'password_hash';
begin
  -- For insert and delete one of the two is null, so they always differ.
  if v_old is not distinct from v_new then
    return null;
  end if;
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (coalesce(new.id, old.id), tg_op, v_old, v_new,
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user));
  return null;
end $$;

-- Nobody but the owner may hang this function on a table.
revoke execute on function app.audit() from public;

create trigger users_audit after insert or update or delete on app.users
  for each row execute function app.audit();

revoke insert, update, delete, truncate on app.audit_log from public, course_app;
revoke truncate on app.users from public, course_app;
