-- The column alone on its side, and a half-open range: PostgreSQL compares it with the bounds while it plans.
select page, count(*) as visits
from app.visits
where date_trunc('month', day) = date '2025-05-01'
group by page
order by page;
