set local lock_timeout = '1500ms';

create function app.no_guest() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.role := 'user';
  else
    new.role := old.role;   -- whatever he was, he stays
  end if;
  return new;
end $$;

create trigger members_no_guest before insert or update on app.members
  for each row when (new.role = 'guest') execute function app.no_guest();
