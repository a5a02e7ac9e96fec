set local lock_timeout = '1500ms';

create function app.no_guest() returns trigger language plpgsql as $$
begin
  -- An admin is an admin, anybody else is a user.
  if new.role is distinct from 'admin' then
    new.role := 'user';
  end if;
  return new;
end $$;

create trigger members_no_guest before insert or update on app.members
  for each row execute function app.no_guest();
