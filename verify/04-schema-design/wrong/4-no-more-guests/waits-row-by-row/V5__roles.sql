set local lock_timeout = '2s';

alter table app.members validate constraint no_more_guests;
