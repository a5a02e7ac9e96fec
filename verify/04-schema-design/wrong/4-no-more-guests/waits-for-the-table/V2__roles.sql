-- From here on there are fewer guests, and never more.
set local lock_timeout = '1500ms';

create function app.no_guest() returns trigger language plpgsql as $$
begin
  new.role := 'user';
  return new;
end $$;

create trigger members_no_guest before insert or update on app.members
  for each row when (new.role = 'guest') execute function app.no_guest();
