-- Strong lock again, and again nothing to read: the valid constraint proves the point. Then it has done its duty.
-- On PostgreSQL 18 two files are enough: add constraint … not null customer_id not valid, then validate it.
set local statement_timeout = '1s';
alter table app.orders alter column customer_id set not null;
alter table app.orders drop constraint orders_customer_known;
