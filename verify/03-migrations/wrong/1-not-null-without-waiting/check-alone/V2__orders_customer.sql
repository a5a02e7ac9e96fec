set local lock_timeout = '300ms';
alter table app.orders add constraint orders_customer_known check (customer_id is not null) not valid;
