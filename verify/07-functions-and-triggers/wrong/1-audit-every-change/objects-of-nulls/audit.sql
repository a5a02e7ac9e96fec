create function app.audit() returns trigger
  language plpgsql security definer
  set search_path = '' as $$
begin
  -- The columns are listed, so that a secret column can never slip in.
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (
    coalesce(new.id, old.id),
    tg_op,
    pg_catalog.jsonb_build_object(
      'id', old.id, 'email', old.email, 'role', old.role, 'nickname', old.nickname),
    pg_catalog.jsonb_build_object(
      'id', new.id, 'email', new.email, 'role', new.role, 'nickname', new.nickname),
    coalesce(nullif(pg_catalog.current_setting('app.current_user_id', true), ''), session_user));
  return null;
end $$;

revoke execute on function app.audit() from public;

create trigger users_audit_insert after insert on app.users
  for each row execute function app.audit();

create trigger users_audit_update after update on app.users
  for each row when (old.* is distinct from new.*)
  execute function app.audit();

create trigger users_audit_delete after delete on app.users
  for each row execute function app.audit();

revoke insert, update, delete, truncate on app.audit_log from public, course_app;
revoke truncate on app.users from public, course_app;
