-- Runs as the owner, as one transaction, before the service starts.
create index invoices_by_tenant on billing.invoices (tenant, created_at desc);
analyze billing.invoices;

alter table billing.invoices enable row level security;
create policy tenants on billing.invoices to course_app
    using (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
    with check (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
revoke truncate, references, trigger on billing.invoices from course_app;
