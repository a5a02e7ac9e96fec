-- Small: nearly all jobs are done.
create index jobs_not_done on app.jobs (created_at, status) where status <> 'done';
