-- What another worker has locked is left out, not waited for. The oldest are at the beginning of the index.
-- Materialized, the ten are chosen once; a subquery in `where id in (…)` may be run again for another row of the table,
-- and would then choose ten more.
with next as materialized (
  select id from app.jobs
  where status = 'pending'
  order by created_at
  limit 10
  for update skip locked
)
update app.jobs
set status = 'running', started_at = now()
where id in (select id from next)
returning id;
