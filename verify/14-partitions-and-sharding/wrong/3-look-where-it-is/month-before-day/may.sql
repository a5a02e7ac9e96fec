select page, count(*) as visits
from app.visits
where day >= '05/01/2025' and day < '06/01/2025'
group by page
order by page;
