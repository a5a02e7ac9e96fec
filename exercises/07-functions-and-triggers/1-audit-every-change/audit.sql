create function app.audit() returns trigger language plpgsql as $$
begin
  insert into app.audit_log (record_id, action, new_row, actor)
  values (new.id, tg_op, to_jsonb(new), current_user);
  return new;
end $$;

create trigger users_audit after insert or update or delete on app.users
  for each row execute function app.audit();
