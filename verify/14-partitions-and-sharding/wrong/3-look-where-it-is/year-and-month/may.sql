-- The column alone on its side, and a half-open range: PostgreSQL compares it with the bounds while it plans.
select page, count(*) as visits
from app.visits
where extract(year from day) = 2025 and extract(month from day) = 5
group by page
order by page;
