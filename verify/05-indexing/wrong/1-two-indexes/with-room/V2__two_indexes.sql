create index orders_of_customer on app.orders (customer_id, created_at desc) with (fillfactor = 50);
create index orders_open on app.orders (created_at) where status = 'open';
