with mine as (
  select id from app.jobs
  where status = 'pending'
  order by created_at
  limit 10
  for share skip locked
)
update app.jobs j
set status = 'running', started_at = now()
from mine
where j.id = mine.id
returning j.id;
