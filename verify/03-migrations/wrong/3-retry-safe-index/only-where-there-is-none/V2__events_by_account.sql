-- One that is half built is of no use. One that is there is needed by nobody yet.
drop index concurrently if exists app.events_by_account_new;
create index concurrently events_by_account_new on app.events (account_id);
drop index concurrently if exists app.events_by_account;
create index concurrently events_by_account on app.events (account_id);
