select id, total
from orders
where placed_at >= '2026-03-01' and placed_at < '2026-03-02'
order by id;
