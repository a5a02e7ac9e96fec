create function app.audit() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if tg_table_name <> 'users' then
    raise exception 'this audit belongs to app.users';
  end if;
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (case tg_op when 'DELETE' then old.id else new.id end,
          tg_op,
          to_jsonb(old) - 'password_hash',
          to_jsonb(new) - 'password_hash',
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user::text));
  return null;
end $$;

create trigger users_audit_insert_delete after insert or delete on app.users
  for each row execute function app.audit();

create trigger users_audit_update after update on app.users
  for each row when (old.* is distinct from new.*) execute function app.audit();

revoke insert, update, delete, truncate, trigger on app.audit_log from course_app;
revoke truncate, trigger on app.users from course_app;
