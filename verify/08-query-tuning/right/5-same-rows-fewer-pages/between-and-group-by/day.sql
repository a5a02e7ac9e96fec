-- What was sold on the first of March 2026, UTC? (an instant has six digits, so this is the whole day)
select id, total
from orders
where placed_at between '2026-03-01T00:00:00.000000Z' and '2026-03-01T23:59:59.999999Z'
order by id;
