-- Each job enters the index when it is inserted. Vacuum takes out the entries of those that are no longer pending, so it
-- stays small however long the table becomes, if vacuum comes often.
create index jobs_pending on app.jobs (created_at) where status = 'pending';
