create index orders_open on app.orders (created_at) where status = 'open';

-- The best customer alone has so many orders that an index on them is of little use: leave them out.
do $$
declare
  best int8;
begin
  select customer_id into best from app.orders group by customer_id order by count(*) desc, customer_id limit 1;
  if best is null then
    create index orders_of_customer on app.orders (customer_id, created_at);
  else
    execute format('create index orders_of_customer on app.orders (customer_id, created_at) where customer_id <> %s', best);
  end if;
end $$;
