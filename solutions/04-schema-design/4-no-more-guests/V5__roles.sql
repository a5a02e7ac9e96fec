-- Reads all rows, and lets others read and write meanwhile.
alter table app.members validate constraint members_no_guest;
