-- Nobody changes the rows while they are looked at. Who only reads goes on reading.
set local lock_timeout = '300ms';
lock table app.orders in share row exclusive mode;
alter table app.orders validate constraint orders_customer_known;
