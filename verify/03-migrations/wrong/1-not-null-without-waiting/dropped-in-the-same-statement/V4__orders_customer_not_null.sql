-- PostgreSQL knows by now that there is no null, so this is a matter of the catalog.
-- One statement, so that the lock is taken once.
set local lock_timeout = '2s';

alter table app.orders
  alter column customer_id set not null,
  drop constraint orders_customer_id_present;
