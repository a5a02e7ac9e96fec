create index orders_of_customer on app.orders (customer_id, created_at);
create index orders_open on app.orders (created_at) where status = 'open';

-- A better guess of how many orders a customer has.
alter table app.orders alter column customer_id set statistics 1000;
