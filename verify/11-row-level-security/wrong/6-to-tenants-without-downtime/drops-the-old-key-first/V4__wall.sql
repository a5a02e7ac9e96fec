-- Runs when the last old program is gone.
set local lock_timeout = '1900ms';

alter table app.invoices alter column tenant set not null;
alter table app.invoices drop constraint invoices_tenant_known;

-- A number is one tenant's.
do $$
declare
  old name;
begin
  for old in
    select c.conname from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attname = 'number'
    where c.conrelid = 'app.invoices'::regclass and c.contype = 'u' and c.conkey = array[a.attnum]
  loop
    execute format('alter table app.invoices drop constraint %I', old);
  end loop;
end $$;
alter table app.invoices add constraint invoices_tenant_number_key unique using index invoices_tenant_number_key;

create policy own on app.invoices
  using (tenant = nullif(current_setting('app.tenant', true), ''))
  with check (tenant = nullif(current_setting('app.tenant', true), ''));
alter table app.invoices enable row level security;
alter table app.invoices force row level security;
