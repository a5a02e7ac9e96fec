-- From here on there are fewer guests, and never more.
set local lock_timeout = '2s';

create function app.guests_are_users() returns trigger language plpgsql as $$
begin
  if new.role = 'guest' then
    new.role := 'user';
  end if;
  return new;
end $$;

create trigger guests_are_users before insert or update on app.members
  for each row execute function app.guests_are_users();
