create function app.audit_rows() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_actor text := coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user);
begin
  if tg_op = 'INSERT' then
    insert into app.audit_log (record_id, action, new_row, actor)
    select n.id, tg_op, to_jsonb(n) - 'password_hash', v_actor from new_rows n;
  elsif tg_op = 'DELETE' then
    insert into app.audit_log (record_id, action, old_row, actor)
    select o.id, tg_op, to_jsonb(o) - 'password_hash', v_actor from old_rows o;
  else
    insert into app.audit_log (record_id, action, old_row, new_row, actor)
    select o.id, tg_op, to_jsonb(o) - 'password_hash', to_jsonb(n) - 'password_hash', v_actor
    from old_rows o join new_rows n using (id) where o is distinct from n order by id;
  end if;
  return null;
end $$;
revoke execute on function app.audit_rows() from public;
create trigger audit_i after insert on app.users referencing new table as new_rows
  for each statement execute function app.audit_rows();
create trigger audit_u after update on app.users referencing old table as old_rows new table as new_rows
  for each statement execute function app.audit_rows();
create trigger audit_d after delete on app.users referencing old table as old_rows
  for each statement execute function app.audit_rows();
revoke insert, update, delete, truncate on app.audit_log from course_app;
revoke truncate on app.users from course_app;
