update app.jobs
set status = 'running', started_at = now()
where id in (
  select id from app.jobs
  where status = 'pending'
  limit 10
  for update skip locked
)
returning id;
