-- The old rows, under a lock that lets others read and write.
set local lock_timeout = '2s';

alter table app.orders validate constraint orders_customer_id_present;
