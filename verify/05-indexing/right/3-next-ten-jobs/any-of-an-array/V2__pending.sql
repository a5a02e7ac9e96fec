create index jobs_pending on app.jobs (status, created_at) where status = 'pending';
