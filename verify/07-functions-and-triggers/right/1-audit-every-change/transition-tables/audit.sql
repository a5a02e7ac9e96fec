-- Inserts and deletes: set by set, from the transition table.
create function app.audit_rows() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_actor constant text := coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user);
begin
  if tg_op = 'INSERT' then
    insert into app.audit_log (record_id, action, new_row, actor)
    select u.id, 'INSERT', to_jsonb(u) - 'password_hash', v_actor from touched_users u;
  else
    insert into app.audit_log (record_id, action, old_row, actor)
    select u.id, 'DELETE', to_jsonb(u) - 'password_hash', v_actor from touched_users u;
  end if;
  return null;
end $$;

-- Updates: row by row, because an old row and its new one belong together even when the id changes.
create function app.audit_update() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_log (record_id, action, old_row, new_row, actor)
  values (new.id, 'UPDATE', to_jsonb(old) - 'password_hash', to_jsonb(new) - 'password_hash',
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user));
  return null;
end $$;

-- Runs as the caller: only who acts as the owner of the table may empty it.
create function app.refuse_truncate() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'USAGE') then
    raise exception 'table %.% cannot be truncated past its audit', tg_table_schema, tg_table_name
      using errcode = 'insufficient_privilege', hint = 'Use delete.';
  end if;
  return null;
end $$;

revoke execute on function app.audit_rows(), app.audit_update(), app.refuse_truncate() from public;

create trigger users_audit_insert after insert on app.users
  referencing new table as touched_users
  for each statement execute function app.audit_rows();

create trigger users_audit_delete after delete on app.users
  referencing old table as touched_users
  for each statement execute function app.audit_rows();

create trigger users_audit_update after update on app.users
  for each row when (old.* is distinct from new.*)
  execute function app.audit_update();

create trigger users_no_truncate before truncate on app.users
  for each statement execute function app.refuse_truncate();

revoke insert, update, delete, truncate on app.audit_log from public, course_app;
