set local lock_timeout = '300ms';
alter table app.orders validate constraint orders_customer;
