create index if not exists events_by_account on app.events (account_id);
