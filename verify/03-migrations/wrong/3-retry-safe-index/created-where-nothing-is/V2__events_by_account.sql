-- What is broken goes. What is good is not touched.
create index concurrently events_by_account_new on app.events (account_id);
drop index concurrently if exists app.events_by_account;
alter index app.events_by_account_new rename to events_by_account;
