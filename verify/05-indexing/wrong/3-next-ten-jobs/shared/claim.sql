update app.jobs
set status = 'running', started_at = now()
where id in (
  select id from app.jobs
  where status = 'pending'
  order by created_at
  limit 10
  for share skip locked
)
returning id;
