-- Nobody waits for long: after half a second this gives up, and is run again later.
set lock_timeout = '500ms';
drop index if exists app.events_by_account;
reset lock_timeout;
create index concurrently events_by_account on app.events (account_id);
