-- Built beside under another name, and put in its place when it is ready:
-- whatever bears the name now is there until then.
-- A half-built one of an earlier attempt goes first.
drop index concurrently if exists app.events_by_account_new;
create index concurrently events_by_account_new on app.events (account_id);
drop index concurrently if exists app.events_by_account;
-- Takes share update exclusive on the index only: writers pass.
alter index app.events_by_account_new rename to events_by_account;
