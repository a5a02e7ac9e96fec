set local lock_timeout = '300ms';
alter table app.orders add constraint orders_customer_positive check (customer_id is not null and customer_id > 0) not valid;
