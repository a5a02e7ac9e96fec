set local lock_timeout = '400ms';
lock table app.members in row exclusive mode;

-- 1.4 seconds for all rows together: every update may only wait for what is left of them.
do $$
declare
  guest   record;
  started timestamptz;
  budget  numeric := 1400;
begin
  for guest in select id from app.members where role = 'guest' order by id loop
    perform set_config('lock_timeout', greatest(1, floor(budget))::int::text, true);
    started := clock_timestamp();
    update app.members set role = 'user' where id = guest.id;
    budget := budget - 1000 * extract(epoch from clock_timestamp() - started);
  end loop;
end
$$;
