-- What is to be told, written in the transaction that it tells of; its id is the event's.
create table billing.outbox (
  id       bigint generated always as identity primary key,
  payload  jsonb not null,
  not_before timestamptz not null default now()
);
