-- Built beside, then put in the place of whatever is there.
drop index concurrently if exists app.events_by_account_new;
create index concurrently events_by_account_new on app.events (account_id);
drop index concurrently if exists app.events_by_account;
alter table app.events_by_account_new rename to events_by_account;
