alter table app.notes enable row level security;
alter table app.comments enable row level security;

-- Never set, and empty after a transaction, both come to 'nobody'.
create policy notes_of_tenant on app.notes for all to course_app
  using (tenant = coalesce(nullif(current_setting('app.tenant', true), ''), 'nobody'));
create policy comments_of_tenant on app.comments for all to course_app
  using (tenant = coalesce(nullif(current_setting('app.tenant', true), ''), 'nobody'));

alter view app.titles set (security_invoker = true);
