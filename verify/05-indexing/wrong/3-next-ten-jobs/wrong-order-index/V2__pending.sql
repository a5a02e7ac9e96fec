create index jobs_pending on app.jobs (id) where status = 'pending';
