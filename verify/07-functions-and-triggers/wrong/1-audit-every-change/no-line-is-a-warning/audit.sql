create function app.audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (case when tg_op = 'DELETE' then old.id else new.id end,
          tg_op,
          case when tg_op <> 'INSERT' then to_jsonb(old) - 'password_hash' end,
          case when tg_op <> 'DELETE' then to_jsonb(new) - 'password_hash' end,
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user::text));
  return null;
exception when others then
  -- the shop must go on, even where the audit does not
  raise warning 'audit of app.users failed: %', sqlerrm;
  return null;
end $$;

create trigger users_audit_insert after insert on app.users
  for each row execute function app.audit();
create trigger users_audit_update after update on app.users
  for each row when (old.* is distinct from new.*) execute function app.audit();
create trigger users_audit_delete after delete on app.users
  for each row execute function app.audit();

revoke all on function app.audit() from public, course_app;
revoke insert, update, delete, truncate, references, trigger on app.audit_log from public, course_app;
revoke truncate on app.users from public, course_app;
