create index orders_of_customer on app.orders (customer_id, created_at);

-- A customer has one order at a time.
create unique index orders_open on app.orders (created_at, customer_id) where status = 'open';
