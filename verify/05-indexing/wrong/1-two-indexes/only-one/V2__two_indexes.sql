create index orders_of_customer on app.orders (customer_id, created_at desc);
