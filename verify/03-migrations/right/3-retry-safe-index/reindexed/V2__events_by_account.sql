-- What an interrupted "reindex concurrently" (below) leaves behind has one of these names.
drop index concurrently if exists app.events_by_account_ccnew;
drop index concurrently if exists app.events_by_account_ccold;

-- None there: make one. One there: it is made anew in its place, good or not.
create index concurrently if not exists events_by_account on app.events (account_id);
reindex index concurrently app.events_by_account;
