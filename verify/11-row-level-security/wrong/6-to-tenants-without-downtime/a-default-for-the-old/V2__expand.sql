set local lock_timeout = '200ms';
alter table app.invoices add column tenant text;

alter table app.invoices alter column tenant set default current_setting('app.tenant', true);

-- Not valid: for rows that are written from now on. Nobody reads the others here.
alter table app.invoices
  add constraint invoices_tenant_known check (tenant is not null) not valid,
  add constraint invoices_of_tenant foreign key (tenant, customer_id) references app.customers (tenant, id) not valid;
