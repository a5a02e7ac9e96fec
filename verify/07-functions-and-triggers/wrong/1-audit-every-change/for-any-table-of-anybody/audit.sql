create function app.audit() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (coalesce(new.id, old.id),
          tg_op,
          to_jsonb(old) - 'password_hash',
          to_jsonb(new) - 'password_hash',
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user));
  return null;
end $$;

create trigger users_audit_insert_delete after insert or delete on app.users
  for each row execute function app.audit();

create trigger users_audit_update after update on app.users
  for each row when (old.* is distinct from new.*)
  execute function app.audit();

-- The audit is written by the trigger only.
revoke insert, update, delete, truncate on app.audit_log from public, course_app;
-- Row triggers do not see a truncate.
revoke truncate on app.users from public, course_app;
