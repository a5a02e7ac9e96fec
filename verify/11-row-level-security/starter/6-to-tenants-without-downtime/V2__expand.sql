-- Runs while both programs are at work.
alter table app.invoices add column tenant text;
update app.invoices i set tenant = c.tenant from app.customers c where c.id = i.customer_id;
alter table app.invoices alter column tenant set not null;
