update app.jobs
set status = 'running', started_at = now()
where id = any (array(
  select id from app.jobs
  where status = 'pending'
    -- the fifty oldest are enough to look at, however many are locked
    and created_at <= coalesce(
      (select created_at from app.jobs where status = 'pending' order by created_at offset 49 limit 1),
      'infinity')
  order by created_at
  limit 10
  for update skip locked
))
returning id;
