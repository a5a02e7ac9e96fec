set local lock_timeout = '200ms';

-- Reads all rows, and lets others read and write meanwhile. Another migration would be in its way, though.
alter table app.members validate constraint members_no_guest;
