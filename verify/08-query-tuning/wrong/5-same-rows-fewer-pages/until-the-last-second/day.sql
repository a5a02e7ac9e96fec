select id, total
from orders
where placed_at between '2026-03-01 00:00:00Z' and '2026-03-01 23:59:59Z'
order by id;
