-- The old rows, under the lock that VALIDATE takes anyway: others read and write.
do $$
declare
  deadline constant timestamptz := clock_timestamp() + interval '1.5 seconds';
begin
  loop
    begin
      lock table app.orders in share update exclusive mode nowait;
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

alter table app.orders validate constraint orders_customer_id_present;
