update app.jobs
set status = 'running', started_at = statement_timestamp()
where id = any (array(
  select id from app.jobs
  where status = 'pending'
  order by created_at
  limit 10
  for no key update skip locked
))
returning id;
