update app.jobs
set status = 'running', started_at = now()
where id in (
  select id from app.jobs
  where status = 'pending'
  order by id
  limit 10
)
returning id;
