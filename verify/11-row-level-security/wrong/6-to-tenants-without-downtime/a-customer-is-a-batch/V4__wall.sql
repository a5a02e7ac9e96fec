-- Runs when the last old program is gone.
set local lock_timeout = '1500ms';

-- The valid check says it already, so no row is looked at.
alter table app.invoices alter column tenant set not null;
alter table app.invoices drop constraint invoices_tenant_not_null;

alter table app.invoices add constraint invoices_tenant_number_key unique using index invoices_tenant_number_key;
alter table app.invoices drop constraint invoices_number_key;

create policy own on app.invoices
  using (tenant = nullif(current_setting('app.tenant', true), ''))
  with check (tenant = nullif(current_setting('app.tenant', true), ''));
alter table app.invoices enable row level security, force row level security;
