-- every name is written with its schema, so the caller's search_path does not matter
create function app.audit() returns trigger language plpgsql security definer as $$
begin
  if tg_op operator(pg_catalog.=) 'UPDATE' and old is not distinct from new then
    return null;
  end if;
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (case when tg_op operator(pg_catalog.=) 'DELETE' then old.id else new.id end,
          tg_op,
          case when tg_op operator(pg_catalog.<>) 'INSERT'
               then pg_catalog.to_jsonb(old) operator(pg_catalog.-) 'password_hash'::pg_catalog.text end,
          case when tg_op operator(pg_catalog.<>) 'DELETE'
               then pg_catalog.to_jsonb(new) operator(pg_catalog.-) 'password_hash'::pg_catalog.text end,
          case when pg_catalog.current_setting('app.current_user_id', true) operator(pg_catalog.<>) ''
               then pg_catalog.current_setting('app.current_user_id', true)
               else session_user::pg_catalog.text end);
  return null;
end $$;

create trigger users_audit after insert or update or delete on app.users
  for each row execute function app.audit();

revoke all on function app.audit() from public, course_app;
revoke insert, update, delete, truncate, references, trigger on app.audit_log from public, course_app;
revoke truncate on app.users from public, course_app;
