create index jobs_status on app.jobs (status);
