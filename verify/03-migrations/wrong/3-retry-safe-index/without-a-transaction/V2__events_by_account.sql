drop index if exists app.events_by_account;
create index events_by_account on app.events (account_id);
