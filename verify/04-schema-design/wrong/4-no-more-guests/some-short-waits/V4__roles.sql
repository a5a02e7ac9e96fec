-- A short wait, some times over, so that nobody queues behind us for long.
set local lock_timeout = '1s';

do $$
begin
  for attempt in 1..5 loop
    begin
      alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
      drop trigger members_guest_to_user on app.members;
      drop function app.guest_to_user();
      return;
    exception when lock_not_available then
      if attempt = 5 then
        raise;
      end if;
      perform pg_sleep(0.2);
    end;
  end loop;
end $$;
