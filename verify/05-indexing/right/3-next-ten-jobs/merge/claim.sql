with next as materialized (
  select id
  from app.jobs
  where status = 'pending'
  order by created_at
  fetch first 10 rows only
  for update skip locked
)
merge into app.jobs as job
using next on job.id = next.id
when matched then update set status = 'running', started_at = now()
returning job.id;
