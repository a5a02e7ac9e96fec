-- Every order has a customer. New rows first; nobody looks at the old ones yet.
--
-- The lock is asked for without queueing, again and again for a second and a half:
-- who queues for ACCESS EXCLUSIVE makes all later readers queue behind him.
do $$
declare
  deadline constant timestamptz := clock_timestamp() + interval '1.5 seconds';
begin
  loop
    begin
      lock table app.orders in access exclusive mode nowait;
      exit;
    exception when lock_not_available then
      if clock_timestamp() >= deadline then
        raise;
      end if;
    end;
    perform pg_sleep(0.05);
  end loop;
end
$$;

alter table app.orders
  add constraint orders_customer_id_present check (customer_id is not null) not valid;
