-- From here on nobody becomes a guest, and a guest who is touched becomes a user.
-- One wait, for the lock of create trigger, which readers do not notice.
set local lock_timeout = '1800ms';

create function app.no_guests() returns trigger language plpgsql as $$
begin
  new.role := 'user';
  return new;
end $$;

create trigger members_no_guests before insert or update on app.members
  for each row when (new.role = 'guest') execute function app.no_guests();
