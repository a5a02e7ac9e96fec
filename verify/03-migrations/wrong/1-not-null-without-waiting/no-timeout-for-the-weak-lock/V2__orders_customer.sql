-- Every order has a customer. New rows first; nobody looks at the old ones yet.
set local lock_timeout = '2s';

alter table app.orders
  add constraint orders_customer_id_present check (customer_id is not null) not valid;
