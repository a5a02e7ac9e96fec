-- Who is enrolled where is nobody else's business. The primary key begins with student_id: no index more is needed.
set local lock_timeout = '2s';
create policy enrollments_own on app.enrollments using (student_id = app.current_user_id());
alter table app.enrollments enable row level security;
