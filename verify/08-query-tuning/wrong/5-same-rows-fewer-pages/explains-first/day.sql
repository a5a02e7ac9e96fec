explain select id, total
from orders
-- The column alone, so that its index can be used; half-open, so that the last microsecond belongs to the day.
where placed_at >= '2026-03-01 00:00Z' and placed_at < '2026-03-02 00:00Z'
order by id;
-- What was sold on the first of March 2026, UTC?
select id, total
from orders
-- The column alone, so that its index can be used; half-open, so that the last microsecond belongs to the day.
where placed_at >= '2026-03-01 00:00Z' and placed_at < '2026-03-02 00:00Z'
order by id;
