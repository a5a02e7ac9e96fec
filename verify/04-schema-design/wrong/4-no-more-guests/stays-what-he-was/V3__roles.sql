-- One second for the table, less than one for all the rows together.
set local lock_timeout = '1s';
lock table app.members in row exclusive mode;

do $$
declare
  waits int := 0;
begin
  loop
    update app.members set role = 'user'
    where id in (select id from app.members where role = 'guest' for no key update skip locked);
    exit when not exists (select from app.members where role = 'guest');
    if waits = 8 then
      raise exception 'somebody is at work with a guest' using errcode = 'lock_not_available';
    end if;
    waits := waits + 1;
    perform pg_sleep(0.1);
  end loop;
end $$;
