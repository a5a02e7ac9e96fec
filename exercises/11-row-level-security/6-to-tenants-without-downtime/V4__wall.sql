-- Runs when the last old program is gone.
create policy own on app.invoices using (tenant = current_setting('app.tenant'));
alter table app.invoices enable row level security;
