drop index concurrently if exists app.events_by_account;
create index concurrently events_account_id on app.events (account_id);
