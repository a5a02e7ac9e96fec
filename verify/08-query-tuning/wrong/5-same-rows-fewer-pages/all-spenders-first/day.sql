-- What was sold on the first of March 2026, UTC?
select id, total
from orders
where placed_at >= timestamp '2026-03-01 00:00' at time zone 'UTC'
  and placed_at < timestamp '2026-03-02 00:00' at time zone 'UTC'
order by id;
