select page, count(*) as visits
from app.visits
where to_char(day, 'YYYY-MM') = '2025-05'
group by page
order by page;
