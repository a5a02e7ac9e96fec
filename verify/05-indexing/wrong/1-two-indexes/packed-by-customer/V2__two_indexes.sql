create index orders_of_customer on app.orders (customer_id, created_at);
-- only what is to be packed, with everything the packers' list shows
create index orders_to_pack on app.orders (customer_id) include (created_at, id) where status = 'open';
