-- Every order has a customer.
-- PostgreSQL 18 can add the real NOT NULL without looking at the old rows:
-- the catalog is written, and the lock is gone again.
set local lock_timeout = '2s';

alter table app.orders
  add constraint orders_customer_id_not_null not null customer_id not valid;
