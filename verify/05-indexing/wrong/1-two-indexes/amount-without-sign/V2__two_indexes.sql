create index orders_of_customer on app.orders (customer_id, created_at, abs(cents));
create index orders_open on app.orders (created_at) where status = 'open';
