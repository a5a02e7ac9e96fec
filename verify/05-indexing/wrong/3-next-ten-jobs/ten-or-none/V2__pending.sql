-- A job that is done leaves the index, so it stays small however long the table becomes.
create index jobs_pending on app.jobs (created_at) where status = 'pending';
