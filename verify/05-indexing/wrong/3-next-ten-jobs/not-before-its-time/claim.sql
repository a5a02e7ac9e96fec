update app.jobs
set status = 'running', started_at = now()
where id = any (array(
  select id from app.jobs
  where status = 'pending' and created_at <= now()
  order by created_at
  limit 10
  for update skip locked
))
returning id;
