set lock_timeout = '300ms';
alter table app.orders add constraint orders_customer_known check (customer_id is not null) not valid;
alter table app.orders validate constraint orders_customer_known;
alter table app.orders alter column customer_id set not null;
alter table app.orders drop constraint orders_customer_known;
