-- The primary key can do the work of the customers' index; id alone stays unique.
alter table app.orders drop constraint orders_pkey;
alter table app.orders add constraint orders_pkey primary key (customer_id, created_at, id);
alter table app.orders add constraint orders_id_key unique (id);
create index orders_to_pack on app.orders (created_at) where status = 'open';
