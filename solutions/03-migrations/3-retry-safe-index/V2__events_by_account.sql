-- Whatever an interrupted attempt left behind goes first; where nothing was left, this does nothing.
-- Both statements run outside a transaction, so each interruption leaves a state from which the file can start again.
drop index concurrently if exists app.events_by_account;
create index concurrently events_by_account on app.events (account_id);
