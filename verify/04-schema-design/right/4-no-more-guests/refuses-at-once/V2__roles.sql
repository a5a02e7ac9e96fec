set local lock_timeout = '200ms';
create function app.no_guests() returns trigger language plpgsql as $$
begin
  raise exception 'there are no guests any more' using errcode = 'check_violation';
end $$;
create trigger members_no_guests before insert on app.members
  for each row when (new.role = 'guest') execute function app.no_guests();
create trigger members_no_new_guests before update of role on app.members
  for each row when (new.role = 'guest') execute function app.no_guests();
