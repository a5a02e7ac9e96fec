create index jobs_pending on app.jobs (created_at) where status = 'pending';
create table app.claims (job_id bigint, at timestamptz);
grant insert on app.claims to course_app;
