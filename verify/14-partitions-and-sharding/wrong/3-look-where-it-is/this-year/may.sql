-- The column alone on its side, and a half-open range: PostgreSQL compares it with the bounds while it plans.
select page, count(*) as visits
from app.visits
where day >= '2025-01-01' and day < '2026-01-01' and extract(month from day) = 5
group by page
order by page;
