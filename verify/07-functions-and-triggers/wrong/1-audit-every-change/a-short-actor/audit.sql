create function app.audit() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  -- Who did it: the user of the application, or else the role that logged in.
  v_actor name := coalesce(nullif(current_setting('app.current_user_id', true), '')::name, session_user);
begin
  case tg_op
    when 'INSERT' then
      insert into app.audit_log (record_id, action, new_row, actor)
      values (new.id, tg_op, to_jsonb(new) - 'password_hash', v_actor);
    when 'UPDATE' then
      insert into app.audit_log (record_id, action, old_row, new_row, actor)
      values (new.id, tg_op, to_jsonb(old) - 'password_hash', to_jsonb(new) - 'password_hash', v_actor);
    when 'DELETE' then
      insert into app.audit_log (record_id, action, old_row, actor)
      values (old.id, tg_op, to_jsonb(old) - 'password_hash', v_actor);
  end case;
  return null;
end $$;

revoke all on function app.audit() from public;

create trigger users_audit_1 after insert or delete on app.users
  for each row execute function app.audit();

create trigger users_audit_2 after update on app.users
  for each row when (old.* is distinct from new.*)
  execute function app.audit();

revoke insert, update, delete, truncate on app.audit_log from public, course_app;
revoke truncate on app.users from public, course_app;
