with next as materialized (
  select id from app.jobs where status = 'pending' order by created_at limit 10 for update skip locked
)
update app.jobs set status = 'running', started_at = now()
where id in (select id from next) and (select count(*) from next) = 10
returning id;
