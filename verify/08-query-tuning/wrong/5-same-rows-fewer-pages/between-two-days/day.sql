select id, total
from orders
where placed_at between '2026-03-01Z' and '2026-03-02Z'
order by id;
