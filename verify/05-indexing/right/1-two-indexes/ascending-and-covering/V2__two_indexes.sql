-- Read backward, ascending does as well. And what is to be packed is packed from the index alone.
create index on app.orders (customer_id, created_at);
create index on app.orders (created_at) include (id, customer_id) where status = 'open';
