alter table app.orders validate constraint orders_customer;
