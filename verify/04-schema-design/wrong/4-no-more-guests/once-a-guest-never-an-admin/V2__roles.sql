set local lock_timeout = '200ms';

-- From now on guests become fewer, never more: the program that still says guest gets a user.
create function app.no_guests() returns trigger language plpgsql as $$
begin
  new.role := 'user';
  return new;
end $$;
create trigger members_no_guests before insert on app.members
  for each row when (new.role = 'guest') execute function app.no_guests();
create trigger members_were_guests before update on app.members
  for each row when (old.role = 'guest' or new.role = 'guest') execute function app.no_guests();
