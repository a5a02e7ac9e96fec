with next as materialized (
  select id, created_at from app.jobs
  where status = 'pending' and created_at > to_timestamp((select last_value from app.claimed))
  order by created_at limit 10 for update skip locked
), mark as materialized (
  select setval('app.claimed', extract(epoch from max(created_at))::bigint) from next having count(*) > 0
)
update app.jobs set status = 'running', started_at = now()
where id in (select id from next) and (select count(*) from mark) = 1
returning id;
