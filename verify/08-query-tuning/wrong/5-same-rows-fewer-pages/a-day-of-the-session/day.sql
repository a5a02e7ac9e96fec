-- What was sold on the first of March 2026, UTC?
select id, total
from orders
where placed_at >= timestamptz '2026-03-01 00:00:00+00'
  and placed_at < timestamptz '2026-03-01 00:00:00+00' + interval '1 day'
order by id;
