-- The valid check implies it, so no row is read. Asked for without queueing, as in V2.
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

alter table app.orders alter column customer_id set not null;
alter table app.orders drop constraint orders_customer_id_present;
