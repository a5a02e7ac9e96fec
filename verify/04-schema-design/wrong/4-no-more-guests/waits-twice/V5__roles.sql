set local lock_timeout = '1900ms';
alter table app.members validate constraint members_no_guests;
-- Only now, so that nobody waits while the rows are read.
drop trigger members_no_guests on app.members;
drop function app.guests_become_users();
