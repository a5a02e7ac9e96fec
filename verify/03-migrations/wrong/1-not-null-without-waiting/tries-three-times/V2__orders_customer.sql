-- Every order has a customer. New rows first; nobody looks at the old ones yet.
-- Two seconds are soon over on a busy table, so it is tried a few times.
set local lock_timeout = '2s';

do $$
begin
  for attempt in 1 .. 3 loop
    begin
      alter table app.orders
        add constraint orders_customer_id_present check (customer_id is not null) not valid;
      return;
    exception when lock_not_available then
      if attempt = 3 then
        raise;
      end if;
      -- let those who queued up behind us pass
      perform pg_sleep(0.2);
    end;
  end loop;
end
$$;
