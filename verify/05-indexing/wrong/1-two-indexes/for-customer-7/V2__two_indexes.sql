create index orders_of_7 on app.orders (customer_id, created_at desc) where customer_id = 7;
create index orders_open on app.orders (created_at) where status = 'open';
