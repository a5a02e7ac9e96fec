create table if not exists app.index_attempts (at timestamptz not null default now());
drop index concurrently if exists app.events_by_account;
create index concurrently events_by_account on app.events (account_id);
