-- Runs while both programs are at work.
set local lock_timeout = '1500ms';

-- The weaker lock first: who waits here is in nobody's way yet.
lock table app.customers in share row exclusive mode;

alter table app.invoices add column tenant text;

-- Whatever is written, the customer says whose it is. The lock is that of a foreign key: it waits for a customer
-- who is just changing tenants, and has the new one then.
create function app.invoices_tenant() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and old.tenant is not null and new.customer_id = old.customer_id then
    -- It is right already, and the foreign key keeps it so.
    new.tenant := old.tenant;
    return new;
  end if;
  select c.tenant into new.tenant from app.customers c where c.id = new.customer_id for key share;
  if not found and new.customer_id is not null then
    raise foreign_key_violation using message = format('there is no customer %s', new.customer_id);
  end if;
  return new;
end
$$;

create trigger invoices_tenant before insert or update on app.invoices
  for each row execute function app.invoices_tenant();

alter table app.invoices
  add constraint invoices_tenant_not_null check (tenant is not null) not valid,
  add constraint invoices_tenant_customer_id_fkey foreign key (tenant, customer_id)
    references app.customers (tenant, id) not valid;
