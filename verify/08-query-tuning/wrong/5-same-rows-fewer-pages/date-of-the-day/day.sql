-- What was sold on the first of March 2026, UTC?
select id, total
from orders
where (placed_at at time zone 'UTC')::date = '2026-03-01'
order by id;
