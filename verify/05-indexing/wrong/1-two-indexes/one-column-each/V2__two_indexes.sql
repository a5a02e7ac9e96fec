create index on app.orders (customer_id);
create index orders_open on app.orders (created_at) where status = 'open';
