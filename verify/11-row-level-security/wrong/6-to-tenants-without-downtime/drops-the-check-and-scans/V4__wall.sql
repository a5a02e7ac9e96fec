-- Runs when the last old program is gone.
set local lock_timeout = '2s';

-- Not null believes the check, which is valid, and takes its place.
alter table app.invoices
  alter column tenant set not null,
  drop constraint invoices_tenant_there,
  drop constraint invoices_number_key,
  add constraint invoices_tenant_number_key unique using index invoices_tenant_number_key;

create policy own on app.invoices
  using (tenant = nullif(current_setting('app.tenant', true), ''));
alter table app.invoices enable row level security, force row level security;
