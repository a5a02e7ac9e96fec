-- Nobody is '' here, and an old import left a tenant of that name. NULL is equal to nothing.
create policy own on app.notes using (tenant = nullif(current_setting('app.tenant', true), ''));
create policy own_r on app.comments for select using (tenant = nullif(current_setting('app.tenant', true), ''));
create policy own_i on app.comments for insert with check (tenant = nullif(current_setting('app.tenant', true), ''));
create policy own_u on app.comments for update using (tenant = nullif(current_setting('app.tenant', true), ''));
-- Not forced: the owner works for all tenants.
alter table app.notes enable row level security;
alter table app.comments enable row level security;
-- Or the view would read as the owner.
alter view app.titles set (security_invoker = true);
