-- Runs without a transaction of its own, while both programs are at work. Yours, if you need it.
set lock_timeout = '2s';

do $$
declare
  low bigint;
  high bigint;
  one bigint;
begin
  low := (select min(id) from app.invoices);
  while low is not null loop
    high := (select max(b.id) from (select id from app.invoices where id >= low order by id limit 1000) b);
    -- The trigger asks the customer. What others hold is left for later: who waits here would hold a thousand rows.
    update app.invoices set tenant = null
    where id in (
      select i.id from app.invoices i
      where i.id between low and high and i.tenant is null
      for no key update skip locked);
    commit;
    low := (select min(id) from app.invoices where id > high);
  end loop;
  for one in select id from app.invoices where tenant is null loop
    update app.invoices set tenant = null where id = one and tenant is null;
    commit;
  end loop;
end $$;

-- An earlier attempt may have left it invalid.
drop index concurrently if exists app.invoices_tenant_number_key;
create unique index concurrently invoices_tenant_number_key on app.invoices (tenant, number);

alter table app.invoices validate constraint invoices_tenant_there;
alter table app.invoices validate constraint invoices_tenant_customer_id_fkey;

reset lock_timeout;
