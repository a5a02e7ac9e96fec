-- Runs without a transaction of its own, while both programs are at work.
set lock_timeout = '1900ms';

do $$
declare
  low app.invoices.id%type;
  high app.invoices.id%type;
begin
  select min(i.id) into low from app.invoices i;
  while low is not null loop
    select max(b.id) into high
    from (select i.id from app.invoices i where i.id >= low order by i.id limit 1000) b;
    -- The trigger asks the customer.
    update app.invoices i set tenant = null
    where i.tenant is null and i.id >= low and i.id <= high;
    commit;
    select min(i.id) into low from app.invoices i where i.id > high;
  end loop;
end $$;

-- An earlier attempt may have left it, and not valid.
drop index concurrently if exists app.invoices_tenant_number_key;
create unique index concurrently invoices_tenant_number_key on app.invoices (tenant, number);

alter table app.invoices validate constraint invoices_tenant_known;
alter table app.invoices validate constraint invoices_customer_of_tenant;

reset lock_timeout;
