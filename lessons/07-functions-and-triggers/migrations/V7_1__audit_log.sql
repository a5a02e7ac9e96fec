create table app.audit_log (
  id         bigint generated always as identity primary key,
  table_name text not null,
  record_id  uuid not null,
  action     text not null,
  old_row    jsonb,
  new_row    jsonb,
  actor      text not null default
             coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user),
  changed_at timestamptz not null default clock_timestamp()
);
create index audit_log_record on app.audit_log (record_id, changed_at);

-- The app may read what happened. It writes only through the trigger, which runs as the owner.
revoke insert, update, delete on app.audit_log from course_app;

create function app.audit() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_log (table_name, record_id, action, old_row, new_row)
  values (tg_table_name, coalesce(new.id, old.id), tg_op,
          case when tg_op <> 'INSERT' then to_jsonb(old) - 'password_hash' end,
          case when tg_op <> 'DELETE' then to_jsonb(new) - 'password_hash' end);
  return null;
end $$;
-- Whoever may execute it could hang it on a table of his own, and write here what he likes.
revoke execute on function app.audit() from public;

create trigger users_audit_id after insert or delete on app.users
  for each row execute function app.audit();
create trigger users_audit_u after update on app.users
  for each row when (old.* is distinct from new.*) execute function app.audit();
