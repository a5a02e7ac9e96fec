do $$
declare t text;
begin
  foreach t in array array['notes', 'comments'] loop
    execute format($f$
      alter table app.%1$I enable row level security;
      create policy r on app.%1$I for select using (tenant = current_setting('app.tenant', true) and tenant <> '');
      create policy i on app.%1$I for insert with check (tenant = current_setting('app.tenant', true) and tenant <> '');
      create policy u on app.%1$I for update using (tenant = current_setting('app.tenant', true) and tenant <> '');
      create policy d on app.%1$I for delete using (tenant = current_setting('app.tenant', true) and tenant <> '') $f$, t);
  end loop;
end $$;
drop view app.titles;
create view app.titles with (security_invoker) as
select n.tenant, n.title, (select count(*) from app.comments c where (c.tenant, c.note_id) = (n.tenant, n.id)) as comments
from app.notes n;
