-- Runs when the last old program is gone.
set local lock_timeout = '1900ms';

-- There is a valid check, so nobody looks at the rows.
alter table app.invoices alter column tenant set not null;
alter table app.invoices drop constraint invoices_tenant_given;

-- Numbers are unique within a tenant; the index is there.
alter table app.invoices drop constraint invoices_number_key;

alter table app.invoices enable row level security;
alter table app.invoices force row level security;
create policy own on app.invoices
  using (tenant = current_setting('app.tenant', true))
  with check (tenant = current_setting('app.tenant', true));
