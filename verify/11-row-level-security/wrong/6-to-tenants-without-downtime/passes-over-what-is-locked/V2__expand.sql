-- Runs while both programs are at work.
set local lock_timeout = '1900ms';

alter table app.invoices add column tenant text;

-- The customer knows. Whoever names another tenant is left to the foreign key.
create function app.invoice_tenant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    if new.tenant is not null then
      return new;
    end if;
  elsif new.tenant is distinct from old.tenant and new.tenant is not null then
    return new;
  elsif new.tenant is not null and new.customer_id is not distinct from old.customer_id then
    return new;
  end if;
  select c.tenant into new.tenant from app.customers c where c.id = new.customer_id for key share;
  if not found and new.customer_id is not null then
    raise exception 'no customer %', new.customer_id
      using errcode = 'foreign_key_violation', schema = 'app', table = 'invoices', column = 'customer_id';
  end if;
  return new;
end $$;

create trigger invoice_tenant before insert or update on app.invoices
  for each row execute function app.invoice_tenant();

-- Each row that is written from now on.
alter table app.invoices
  add constraint invoices_tenant_known check (tenant is not null) not valid;
alter table app.invoices
  add constraint invoices_customer_of_tenant foreign key (tenant, customer_id)
    references app.customers (tenant, id) on update cascade not valid;
