set lock_timeout = '300ms';
alter table app.orders add constraint orders_customer not null customer_id not valid;
