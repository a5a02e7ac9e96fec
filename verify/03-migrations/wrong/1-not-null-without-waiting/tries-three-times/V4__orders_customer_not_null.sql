-- The valid check implies it, so no row is read. Tried a few times, as in V2.
set local lock_timeout = '2s';

do $$
begin
  for attempt in 1 .. 3 loop
    begin
      alter table app.orders alter column customer_id set not null;
      alter table app.orders drop constraint orders_customer_id_present;
      return;
    exception when lock_not_available then
      if attempt = 3 then
        raise;
      end if;
      perform pg_sleep(0.2);
    end;
  end loop;
end
$$;
