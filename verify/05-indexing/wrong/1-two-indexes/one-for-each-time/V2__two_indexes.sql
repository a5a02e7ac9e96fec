create index orders_of_customer on app.orders (customer_id, created_at desc);
create index orders_open on app.orders (created_at) where status = 'open';
create index orders_created on app.orders using brin (created_at);
