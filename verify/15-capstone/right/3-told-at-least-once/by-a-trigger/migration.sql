-- What is to be told, written in the transaction that it tells of; its id is the event's.
create table billing.outbox (
  id       bigint generated always as identity primary key,
  payload  jsonb not null,
  not_before timestamptz not null default now(),
  told_at  timestamptz
);
create function billing.tell_later() returns trigger language plpgsql as $$
begin
  insert into billing.outbox (payload) values (jsonb_build_object('invoice', new.id, 'customer', new.customer, 'amount', new.amount::text));
  return null;
end $$;
create trigger told after insert on billing.invoices for each row execute function billing.tell_later();
