select page, count(*) as visits
from app.visits
where day >= '2025-05-01' and day < '2025-06-01'
group by page
order by page;
