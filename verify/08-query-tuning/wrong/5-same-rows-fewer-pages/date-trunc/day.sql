select id, total
from orders
where date_trunc('day', placed_at, 'UTC') = '2026-03-01Z'
order by id;
