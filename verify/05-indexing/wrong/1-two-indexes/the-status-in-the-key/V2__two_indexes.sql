create index orders_customer on app.orders (customer_id, created_at desc);
-- Nobody asks for what was sent long ago. What is open or came back is three in a hundred, each by its time.
create index orders_not_sent on app.orders (status, created_at) where status <> 'sent';
