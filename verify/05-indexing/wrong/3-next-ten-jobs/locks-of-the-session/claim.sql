update app.jobs
set status = 'running', started_at = now()
where status = 'pending'
  and id in (
    select id from app.jobs
    where status = 'pending' and pg_try_advisory_lock(id)
    order by created_at
    limit 10
  )
returning id;
