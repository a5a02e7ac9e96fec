-- None there: make one. One there, good or not: make it anew, in its place.
create index concurrently if not exists events_by_account on app.events (account_id);
reindex index concurrently app.events_by_account;
