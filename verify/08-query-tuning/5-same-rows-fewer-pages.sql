create table customers (
  id     bigint primary key,
  joined date not null
) with (autovacuum_enabled = off); -- what a scan reads must not depend on when somebody tidied up
create table orders (
  id          bigint primary key,
  customer_id bigint references customers,
  placed_at   timestamptz not null,
  total       numeric(10, 2) not null,
  note        text not null
) with (autovacuum_enabled = off);
-- 30 customers joined in 2026. Every seventh never orders; one order in eleven is a guest's. No order comes by itself.
insert into customers
select n, case when n > 2970 then date '2026-01-30' - n * 7 % 30 else date '2025-10-01' - (3000 - n) / 3 end
from generate_series(3000, 1, -1) n;
insert into orders
select n, case when n % 11 > 0 then 1 + n * 37 % 3000 end, timestamptz '2025-10-01Z' + n * interval '9 minutes', n * 7919 % 100000 / 100.0,
  repeat('n', 150)
from generate_series(1, 40000) n
where (1 + n * 37 % 3000) % 7 <> 0;
-- The edges of the day, and their neighbours; inserted late, so that no order comes by itself.
insert into orders
select 50010 - n, case n when 3 then null else n end, at, 950 + n, 'edge' from unnest(array[
  timestamptz '2026-02-28 23:59:59.999999Z', '2026-03-01 00:00Z', '2026-03-01 12:00Z', '2026-03-01 23:59:59.999999Z', '2026-03-02 00:00Z',
  '2026-03-01 23:59:59.5Z']) with ordinality e(at, n);
insert into orders select 60000 + n, 2975, '2026-05-01Z', t, 'edge' from unnest(array[900, 899.99, 0]) with ordinality e(t, n);
insert into orders select 60010 + n, 2976, '2026-05-01Z', 900.01, 'twice' from generate_series(1, 2) n;
create index orders_placed on orders (placed_at);
create index orders_customer on orders (customer_id);
create index customers_joined on customers (joined);
analyze;
