select id, total
from orders
where placed_at >= timestamp '2026-03-01' at time zone 'UTC' and placed_at < timestamp '2026-03-02' at time zone 'UTC'
order by id;
