-- The check stays; it says more than not null.
set local lock_timeout = '300ms';
alter table app.orders alter column customer_id set not null;
