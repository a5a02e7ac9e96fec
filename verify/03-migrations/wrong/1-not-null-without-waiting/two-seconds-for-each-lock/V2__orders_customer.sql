set local lock_timeout = '2s';

alter table app.orders
  add constraint orders_customer_given check (customer_id is not null) not valid;
