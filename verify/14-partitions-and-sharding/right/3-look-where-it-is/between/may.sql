-- The column alone on its side, and a half-open range: PostgreSQL compares it with the bounds while it plans.
select page, count(*) as visits
from app.visits
where day between date '2025-05-01' and date '2025-05-31'
group by page
order by page;
