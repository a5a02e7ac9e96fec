-- What others must hear of, written in the transaction of what it tells (lesson 09).
set local lock_timeout = '2s';
create table billing.outbox (
  id      bigint generated always as identity primary key,
  tenant  uuid not null default billing.tenant(),
  invoice uuid not null,
  type    text not null,
  payload jsonb not null,
  made_at timestamptz not null default clock_timestamp(),
  told_at timestamptz
);
create index outbox_untold on billing.outbox (invoice, id) where told_at is null;
-- The publisher tells the events of all tenants, so there is no policy. No request reads this table.
grant select, insert on billing.outbox to ${app};
grant update (told_at) on billing.outbox to ${app};

-- Wakes publishers, and tells all instances whose summary is stale. Notifications that say the same are one.
create function billing.news() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('billing', new.tenant::text);
  return null;
end $$;
create trigger outbox_news after insert on billing.outbox for each row execute function billing.news();
