-- What an interrupted attempt has left behind must not be in the way of its name.
-- A rename is done at once; it is dropped when we have looked at what went wrong.
drop index concurrently if exists app.events_by_account_broken;
alter index if exists app.events_by_account rename to events_by_account_broken;

create index concurrently events_by_account on app.events (account_id);
