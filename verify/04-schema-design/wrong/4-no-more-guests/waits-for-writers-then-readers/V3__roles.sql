-- Those who are there. At most one second for the table, and no row is waited for:
-- a guest with whom somebody is at work is skipped and tried again, for 0.8 seconds in all.
set local lock_timeout = '1s';
lock table app.members in row exclusive mode;

do $$
begin
  for try in 1 .. 9 loop
    with free as materialized (
      select id from app.members where role = 'guest' for no key update skip locked
    )
    update app.members m set role = 'user' from free where m.id = free.id;

    exit when not exists (select from app.members where role = 'guest');
    if try = 9 then
      raise exception 'somebody is at work with a guest' using errcode = 'lock_not_available';
    end if;
    perform pg_sleep(0.1);
  end loop;
end $$;
