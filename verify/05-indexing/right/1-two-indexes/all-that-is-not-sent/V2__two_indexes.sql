create index orders_of_customer on app.orders (customer_id, created_at desc);

-- What is open is not sent: PostgreSQL can prove that.
create index on app.orders (created_at) where status <> 'sent';
