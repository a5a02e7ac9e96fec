create schema app;
grant usage on schema app to course_app;
create table app.orders (
  id          bigint generated always as identity primary key,
  customer_id int not null,
  status      text not null,
  created_at  timestamptz not null,
  cents       int not null
);
insert into app.orders (customer_id, status, created_at, cents)
select (hashint8(n) & 2147483647) % 1000, case when n % 100 = 7 then 'open' when n % 50 = 9 then 'returned' else 'sent' end,
  timestamptz '2025-01-01' + n * interval '5 minutes', n % 10000
from generate_series(1, 100000) n;
grant select, insert, update, delete on app.orders to course_app;
