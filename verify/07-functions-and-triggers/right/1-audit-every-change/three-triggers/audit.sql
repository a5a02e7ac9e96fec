create function app.note(p_id bigint, p_action text, p_old jsonb, p_new jsonb) returns void
  language sql security definer set search_path = app, pg_temp as $$
  insert into audit_log (record_id, action, old_row, new_row, actor)
  values (p_id, p_action, p_old - 'password_hash', p_new - 'password_hash',
          coalesce(nullif(current_setting('app.current_user_id', true), ''), session_user))
$$;
create function app.users_i() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
begin perform note(new.id, 'INSERT', null, to_jsonb(new)); return new; end $$;
create function app.users_u() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
begin
  if old is distinct from new then
    perform note(old.id, 'UPDATE', to_jsonb(old), to_jsonb(new));
  end if;
  return new;
end $$;
create function app.users_d() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
begin perform note(old.id, 'DELETE', to_jsonb(old), null); return old; end $$;
create function app.users_t() returns trigger language plpgsql as $$
begin raise exception 'app.users is not truncated'; end $$;
revoke execute on all functions in schema app from public;

create trigger i after insert on app.users for each row execute function app.users_i();
create trigger u after update on app.users for each row execute function app.users_u();
create trigger d before delete on app.users for each row execute function app.users_d();
create trigger t before truncate on app.users for each statement execute function app.users_t();
revoke all on app.audit_log from course_app;
grant select on app.audit_log to course_app;
