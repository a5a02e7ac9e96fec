create index on app.orders (customer_id);
create index on app.orders (created_at);
create index on app.orders (status);
