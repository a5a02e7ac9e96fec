-- Runs while both programs are at work.
set local lock_timeout = '1900ms';

alter table app.invoices add column tenant text;

-- Each invoice that is written gets the tenant of its customer, whoever writes it.
create function app.invoice_tenant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if old.tenant is not null and new.tenant = old.tenant and new.customer_id = old.customer_id then
      return new; -- the foreign key sees to it
    end if;
  end if;
  select c.tenant into new.tenant from app.customers c where c.id = new.customer_id for key share;
  if not found and new.customer_id is not null then
    raise exception using
      errcode = 'foreign_key_violation',
      message = 'insert or update on table "invoices" violates foreign key constraint "invoices_customer_id_fkey"',
      schema = 'app', table = 'invoices', constraint = 'invoices_customer_id_fkey';
  end if;
  return new;
end $$;

create trigger invoice_tenant before insert or update on app.invoices
  for each row execute function app.invoice_tenant();

alter table app.invoices add constraint invoices_tenant_given check (tenant is not null) not valid;

alter table app.invoices add constraint invoices_tenant_customer
  foreign key (tenant, customer_id) references app.customers (tenant, id) on update cascade not valid;
