set local lock_timeout = '1500ms';

alter table app.members validate constraint members_no_guests;
