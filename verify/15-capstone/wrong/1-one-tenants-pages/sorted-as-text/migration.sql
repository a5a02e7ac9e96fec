-- Runs as the owner, as one transaction, before the service starts.
create index on billing.invoices (tenant, created_at desc, id desc);
analyze billing.invoices;

create function billing.app_tenant() returns uuid stable language sql
    return nullif(current_setting('app.tenant', true), '')::uuid;
grant execute on function billing.app_tenant() to course_app;

alter table billing.invoices enable row level security;
create policy wall_open on billing.invoices to course_app using (true) with check (true);
create policy wall on billing.invoices as restrictive to course_app using (tenant = (select billing.app_tenant()));
revoke truncate, references, trigger on billing.invoices from course_app;
