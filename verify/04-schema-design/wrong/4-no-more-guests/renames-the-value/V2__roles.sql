set local lock_timeout = '1500ms';
create function app.guests_become_users() returns trigger language plpgsql as $$
begin
  new.role := 'user';
  return new;
end
$$;
create trigger members_no_guests before insert or update on app.members
  for each row when (new.role = 'guest')
  execute function app.guests_become_users();
