set local lock_timeout = '2s';

alter table app.members validate constraint members_no_guest;
