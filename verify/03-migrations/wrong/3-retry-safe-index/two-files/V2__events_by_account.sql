drop index concurrently if exists app.events_by_account;
