-- With the id, so that the newest events of an account come from the index as well.
drop index concurrently if exists app.events_by_account;
create index concurrently events_by_account on app.events (account_id, id);
