-- Each tenant sees its own rows, whatever the service forgets to ask for (lesson 11). The owner is not forced.
set local lock_timeout = '2s';
create policy own on billing.invoices using (tenant = billing.tenant());
create policy own on billing.payments using (tenant = billing.tenant());
create policy own on billing.requests using (tenant = billing.tenant());
alter table billing.invoices enable row level security;
alter table billing.payments enable row level security;
alter table billing.requests enable row level security;
