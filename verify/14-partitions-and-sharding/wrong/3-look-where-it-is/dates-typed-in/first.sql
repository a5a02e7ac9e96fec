-- Both bounds are known when the scan begins, so it begins with the partitions between them only.
select day, page
from app.visits
where user_id = 7
  and day >= '2024-02-19'
  and day < '2024-03-20'
order by day, page;
