create index jobs_pending on app.jobs (created_at, id) where status = 'pending';
