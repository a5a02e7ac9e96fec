-- For the session, as there is no transaction. It bounds waits for rows as well.
set lock_timeout = '200ms';

-- To write an invoice is enough, the trigger does the rest; those who come meanwhile have met it already.
-- A batch that was done stays done when a later one gives up.
update app.invoices i set tenant = c.tenant from app.customers c where c.id = i.customer_id and i.tenant is null;

-- An attempt that gave up here has left an invalid one.
drop index concurrently if exists app.invoices_tenant_number;
create unique index concurrently invoices_tenant_number on app.invoices (tenant, number);

alter table app.invoices validate constraint invoices_tenant_known;
alter table app.invoices validate constraint invoices_of_tenant;
