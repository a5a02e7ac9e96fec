-- One trigger for all three; what it does is decided inside, on whole rows.
create function app.audit() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_before app.users := old;
  v_after app.users := new;
  v_old jsonb;
  v_new jsonb;
begin
  -- The comparison includes the hash: a new password is a change.
  if tg_op = 'UPDATE' and v_before is not distinct from v_after then
    return null;
  end if;
  -- The lines do not include it.
  if tg_op <> 'INSERT' then
    v_old := (select to_jsonb(line) from (select v_before.id, v_before.email, v_before.role, v_before.nickname) line);
  end if;
  if tg_op <> 'DELETE' then
    v_new := (select to_jsonb(line) from (select v_after.id, v_after.email, v_after.role, v_after.nickname) line);
  end if;
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  select case tg_op when 'DELETE' then v_before.id else v_after.id end,
         tg_op, v_old, v_new,
         case when setting.value <> '' then setting.value else session_user::text end
  from (values (current_setting('app.current_user_id', true))) setting(value);
  return null;
end $$;

revoke execute on function app.audit() from public, course_app;

create trigger users_audit after insert or update or delete on app.users
  for each row execute function app.audit();

revoke insert, update, delete, truncate on app.audit_log from public, course_app;
revoke truncate on app.users from public, course_app;
