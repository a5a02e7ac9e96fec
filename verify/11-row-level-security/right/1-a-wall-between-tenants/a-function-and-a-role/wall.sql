create function app.tenant() returns text stable language sql
  return nullif(current_setting('app.tenant', true), '');
create policy own on app.notes to course_app using (tenant = (select app.tenant())) with check (tenant = (select app.tenant()));
create policy own on app.comments to course_app using (tenant = (select app.tenant())) with check (tenant = (select app.tenant()));
alter table app.notes enable row level security;
alter table app.comments enable row level security;
alter view app.titles set (security_invoker = true, security_barrier = true);
