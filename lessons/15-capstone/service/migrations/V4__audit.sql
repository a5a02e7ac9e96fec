-- Who changed which invoice, when, from what to what (lesson 07). The service cannot write here by itself, nor read.
set local lock_timeout = '2s';
create table billing.audit (
  id         bigint generated always as identity primary key,
  table_name text not null,
  tenant     uuid not null,
  record     text not null,
  action     text not null,
  old_row    jsonb,
  new_row    jsonb,
  actor      text not null default session_user,
  changed_at timestamptz not null default clock_timestamp()
);
create index audit_record on billing.audit (record, changed_at);

create function billing.audit() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into billing.audit (table_name, tenant, record, action, old_row, new_row)
  values (tg_table_name, new.tenant, new.id, tg_op,
          case when tg_op = 'UPDATE' then to_jsonb(old) - 'iban_sealed' end, to_jsonb(new) - 'iban_sealed');
  return null;
end $$;
revoke execute on function billing.audit() from public;

create trigger invoices_audit after insert or update on billing.invoices
  for each row execute function billing.audit();
create trigger payments_audit after insert on billing.payments
  for each row execute function billing.audit();
