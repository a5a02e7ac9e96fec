-- Runs as the owner, as one transaction, before the service starts.

-- Not forced: the owner reads and writes as before.
alter table billing.invoices enable row level security;

-- The setting is an empty string in a session where a transaction has named a tenant before.
create policy own_tenant on billing.invoices
  using (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant = nullif(current_setting('app.tenant', true), '')::uuid);

create index invoices_by_tenant on billing.invoices (tenant, created_at, id);

analyze billing.invoices;
