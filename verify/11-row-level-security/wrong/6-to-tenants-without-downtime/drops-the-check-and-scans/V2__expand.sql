-- Runs while both programs are at work.
set local lock_timeout = '2s';

create function app.invoice_tenant() returns trigger language plpgsql security definer
  set search_path = app, pg_temp as $$
begin
  if new.tenant is not null then
    if tg_op = 'INSERT' then
      return new; -- named by hand: the foreign key says whether it is right
    end if;
    if new.tenant is distinct from old.tenant or new.customer_id = old.customer_id then
      return new; -- named by hand, or as before
    end if;
  end if;
  -- Locked as by a foreign key, so that the tenant is still the customer's when this commits.
  select c.tenant into new.tenant from customers c where c.id = new.customer_id for key share;
  if not found and new.customer_id is not null then
    raise foreign_key_violation using
      message = format('there is no customer %s', new.customer_id),
      constraint = 'invoices_customer_id_fkey', schema = 'app', table = 'invoices';
  end if;
  return new;
end $$;

alter table app.invoices add column tenant text;
alter table app.invoices
  add constraint invoices_tenant_there check (tenant is not null) not valid,
  add constraint invoices_tenant_customer_id_fkey
    foreign key (tenant, customer_id) references app.customers (tenant, id) not valid;
create trigger invoices_tenant before insert or update on app.invoices
  for each row execute function app.invoice_tenant();
