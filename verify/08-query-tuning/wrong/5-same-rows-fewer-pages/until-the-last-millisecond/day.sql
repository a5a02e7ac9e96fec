-- What was sold on the first of March 2026, UTC?
select id, total
from orders
where placed_at between '2026-03-01 00:00:00.000+00' and '2026-03-01 23:59:59.999+00'
order by id;
