-- Runs without a transaction of its own, while both programs are at work.
set lock_timeout = '1900ms';

do $$
declare
  low app.invoices.id%type := 0;
  high app.invoices.id%type;
begin
  -- A thousand at a time, without waiting for anybody.
  loop
    -- the last id of the next thousand
    select max(b.id) into high from (
      select i.id from app.invoices i where i.id > low order by i.id limit 1000
    ) b;
    exit when high is null;
    with free as (
      select i.id from app.invoices i
      where i.id > low and i.id <= high and i.tenant is null
      for no key update skip locked
    )
    update app.invoices i set customer_id = i.customer_id from free where i.id = free.id;
    commit;
    low := high;
  end loop;

  -- Those that somebody held, one by one.
  for low in select i.id from app.invoices i where i.tenant is null and i.id > 0 loop
    update app.invoices i set customer_id = i.customer_id where i.id = low;
    commit;
  end loop;
end $$;

-- An earlier attempt may have left it, invalid.
drop index concurrently if exists app.invoices_tenant_number;
create unique index concurrently invoices_tenant_number on app.invoices (tenant, number);

alter table app.invoices validate constraint invoices_tenant_given;
alter table app.invoices validate constraint invoices_tenant_customer;

reset lock_timeout;
