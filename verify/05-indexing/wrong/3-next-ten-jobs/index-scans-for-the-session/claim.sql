update app.jobs
set status = 'running', started_at = now()
where id = any (array(
  select id from app.jobs
  where status = 'pending'
  order by created_at
  limit 10
  for update skip locked
)) and set_config('enable_seqscan', 'off', false) = 'off'
returning id;
