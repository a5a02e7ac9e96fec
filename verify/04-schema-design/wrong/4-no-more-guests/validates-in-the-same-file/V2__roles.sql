set local lock_timeout = '2s';

create function app.guest_to_user() returns trigger
  language plpgsql as $$
begin
  new.role := 'user';
  return new;
end $$;

create trigger members_guest_to_user before insert or update on app.members
  for each row when (new.role = 'guest')
  execute function app.guest_to_user();
