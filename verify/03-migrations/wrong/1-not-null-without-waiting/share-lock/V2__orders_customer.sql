-- Strong lock, but nothing to read: from now on every new row is checked.
set local lock_timeout = '300ms';
alter table app.orders add constraint orders_customer_known check (customer_id is not null) not valid;
