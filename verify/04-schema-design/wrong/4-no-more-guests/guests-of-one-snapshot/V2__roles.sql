set local lock_timeout = '1500ms';

create function app.members_no_guests() returns trigger language plpgsql as $$
begin
  if new.role = 'guest' then
    new.role := 'user';
  end if;
  return new;
end
$$;

create trigger members_no_guests before insert or update on app.members
  for each row execute function app.members_no_guests();
