-- Runs as the owner, as one transaction, before the service starts.
create index invoices_by_page on billing.invoices (tenant, created_at, id);
analyze billing.invoices;

create function billing.app_tenant() returns uuid stable language sql
    as $$ select nullif(current_setting('app.tenant', true), '')::uuid $$;

alter table billing.invoices enable row level security;
create policy sees on billing.invoices for select to course_app using (tenant = billing.app_tenant());
create policy adds on billing.invoices for insert to course_app with check (tenant = billing.app_tenant());
create policy changes on billing.invoices for update to course_app using (tenant = billing.app_tenant()) with check (true);
create policy deletes on billing.invoices for delete to course_app using (tenant = billing.app_tenant());
revoke truncate, references, trigger on billing.invoices from course_app;
