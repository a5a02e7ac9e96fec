-- What is pending is not done: PostgreSQL can prove that.
create index jobs_pending on app.jobs (created_at) where status <> 'done';
