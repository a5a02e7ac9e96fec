-- Whoever has the lock is not disturbed.
set local lock_timeout = '300ms';
do $$
begin
  alter table app.orders alter column customer_id set not null;
  alter table app.orders drop constraint orders_customer_known;
exception when lock_not_available then
  raise notice 'somebody is at work with the orders';
end $$;
