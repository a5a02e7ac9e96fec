-- A task is open as long as it has no end; and without "order by" rows come as PostgreSQL finds them.
select id from app.tasks
where done_at is null
order by id;
