create index jobs_pending on app.jobs (created_at) where status = 'pending';
