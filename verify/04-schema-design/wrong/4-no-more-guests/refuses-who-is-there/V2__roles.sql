set local lock_timeout = '2s';

create function app.no_more_guests() returns trigger
  language plpgsql as $$
begin
  raise exception 'there are no guests any more' using errcode = 'check_violation';
end $$;

create trigger members_no_more_guests before insert or update on app.members
  for each row when (new.role = 'guest')
  execute function app.no_more_guests();
