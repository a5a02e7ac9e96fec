-- Orders come in while these are built.
create index concurrently orders_of_customer on app.orders (customer_id, created_at desc);
create index concurrently orders_open on app.orders (created_at, id) where status = 'open';
