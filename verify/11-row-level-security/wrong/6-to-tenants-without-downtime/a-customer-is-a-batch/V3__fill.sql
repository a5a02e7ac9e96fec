-- Runs without a transaction of its own, while both programs are at work.
set lock_timeout = '1500ms';

-- Customer by customer, each in a transaction of its own. Invoices that change hands meanwhile are filled by the trigger.
do $$
declare
  v_customer app.customers.id%type;
begin
  for v_customer in select id from app.customers order by id loop
    update app.invoices set tenant = null where customer_id = v_customer and tenant is null;
    commit;
  end loop;
end
$$;

-- An earlier attempt may have left it, perhaps invalid.
drop index concurrently if exists app.invoices_tenant_number_key;
create unique index concurrently invoices_tenant_number_key on app.invoices (tenant, number);

alter table app.invoices validate constraint invoices_tenant_not_null;
alter table app.invoices validate constraint invoices_tenant_customer_id_fkey;

reset lock_timeout;
