-- Another tenant's rows are not there, whatever a query forgets. The owner is not held by it.
alter table billing.invoices enable row level security;
create policy tenants on billing.invoices
  using (tenant = nullif(current_setting('app.tenant', true), '')::uuid);

-- Serves the policy and the page: it is read from the cursor on, in order.
create index invoices_pages on billing.invoices (tenant, created_at, id);
