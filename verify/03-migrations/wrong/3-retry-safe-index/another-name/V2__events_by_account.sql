create index concurrently events_by_account_2 on app.events (account_id);
