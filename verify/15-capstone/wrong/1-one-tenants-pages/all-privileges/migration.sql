-- Runs as the owner, as one transaction, before the service starts.
create index invoices_page on billing.invoices (tenant, created_at, id);
analyze billing.invoices;

-- The owner is not forced. Where app.tenant is missing, empty or no uuid, it is NULL, and no row is found.
create policy own on billing.invoices to course_app
  using (tenant = case when pg_input_is_valid(current_setting('app.tenant', true), 'uuid')
                       then current_setting('app.tenant', true)::uuid end);
alter table billing.invoices enable row level security;

-- The policy decides which rows.
grant all on billing.invoices to course_app;
