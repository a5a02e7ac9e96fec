-- Runs as the owner, because the app may not write to the audit. Whoever runs with borrowed rights must not look
-- where the caller points: the path is fixed, and temporary tables come last.
create function app.audit() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (coalesce(new.id, old.id), tg_op,
          case when tg_op <> 'INSERT' then to_jsonb(old) - 'password_hash' end,
          case when tg_op <> 'DELETE' then to_jsonb(new) - 'password_hash' end,
          -- A setting that was local to a transaction is empty afterwards, not missing.
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user));
  return null;
end $$;
revoke execute on function app.audit() from public;

create trigger users_audit_id after insert or delete on app.users
  for each row execute function app.audit();
-- Only an update has both rows to compare.
create trigger users_audit_u after update on app.users
  for each row when (old.* is distinct from new.*) execute function app.audit();

revoke insert, update, delete, truncate on app.audit_log from course_app;
-- Truncate fires no row triggers.
