create index jobs_pending on app.jobs (created_at) where status = 'pending';
-- How far the claims have come, in seconds since 1970.
create sequence app.claimed minvalue 0;
grant select, update on app.claimed to course_app;
