-- Equality first, then the order, which is a range as well: it serves the first query and the third.
create index orders_of_customer on app.orders (customer_id, created_at desc);

-- Only what is to be packed, in the order in which it is packed. What is not open, before and after an update, never
-- touches it; an entry of an order that is open no longer goes with the next vacuum.
create index orders_open on app.orders (created_at) where status = 'open';
