select page, count(*) as visits
from app.visits
where day >= timestamptz '2025-05-01T00:00:00Z'
  and day < timestamptz '2025-06-01T00:00:00Z'
group by page
order by page;
