-- The valid check implies it, so no row is read.
set local lock_timeout = '2s';

alter table app.orders alter column customer_id set not null;
alter table app.orders drop constraint orders_customer_id_present;
