create unique index orders_of_customer on app.orders (customer_id, created_at, id);
create index orders_to_pack on app.orders (created_at) where status = 'open';
