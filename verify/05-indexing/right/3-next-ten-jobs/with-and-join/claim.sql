with next as (
  select id from app.jobs where status = 'pending' order by created_at limit 10 for no key update skip locked
)
update app.jobs j set status = 'running', started_at = clock_timestamp()
from next where j.id = next.id returning j.id;
