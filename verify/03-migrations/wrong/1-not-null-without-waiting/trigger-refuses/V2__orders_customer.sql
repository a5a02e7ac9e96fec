set local lock_timeout = '300ms';
create function app.orders_customer_known() returns trigger language plpgsql as $$
begin
  if new.customer_id is null then
    raise exception 'an order has a customer' using errcode = 'not_null_violation';
  end if;
  return new;
end $$;
create trigger orders_customer_known before insert or update on app.orders
  for each row execute function app.orders_customer_known();
