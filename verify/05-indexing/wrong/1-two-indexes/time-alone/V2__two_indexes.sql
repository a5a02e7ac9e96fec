-- All three queries look at the time.
create index orders_by_time on app.orders (created_at);
