-- Built beside, and then put in its place: whatever bears the name now, good or not,
-- is replaced by one that is ready.
create index concurrently if not exists events_by_account_new on app.events (account_id);
drop index concurrently if exists app.events_by_account;
alter index app.events_by_account_new rename to events_by_account;
