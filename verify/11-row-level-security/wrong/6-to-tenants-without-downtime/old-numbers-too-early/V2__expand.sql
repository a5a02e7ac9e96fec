set local lock_timeout = '200ms';
alter table app.invoices add column tenant text;

alter table app.invoices drop constraint invoices_number_key;

-- At any update: who changes the cents of an invoice that is not filled yet fills it, or the rules below would refuse him.
create function app.invoice_tenant() returns trigger language plpgsql as $$
begin
  new.tenant := (select tenant from app.customers where id = new.customer_id);
  return new;
end $$;
create trigger invoices_tenant before insert or update on app.invoices
  for each row execute function app.invoice_tenant();

-- Not valid: for rows that are written from now on. Nobody reads the others here.
alter table app.invoices
  add constraint invoices_tenant_known check (tenant is not null) not valid,
  add constraint invoices_of_tenant foreign key (tenant, customer_id) references app.customers (tenant, id) not valid;
