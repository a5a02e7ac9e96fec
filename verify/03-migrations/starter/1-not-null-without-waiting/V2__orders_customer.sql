-- Every order has a customer.
alter table app.orders alter column customer_id set not null;
