alter table app.notes enable row level security;
create policy tenants on app.notes for all
  using (tenant = current_setting('app.tenant'));
