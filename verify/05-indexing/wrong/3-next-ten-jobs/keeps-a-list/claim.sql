with claimed as (
  update app.jobs
  set status = 'running', started_at = now()
  where id = any (array(
    select id from app.jobs
    where status = 'pending'
    order by created_at
    limit 10
    for update skip locked
  ))
  returning id, started_at
), listed as (
  insert into app.claims select id, started_at from claimed
)
select id from claimed;
