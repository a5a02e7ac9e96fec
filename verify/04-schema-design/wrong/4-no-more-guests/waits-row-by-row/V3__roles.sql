-- Those who are there.
set local lock_timeout = '2s';

update app.members set role = 'user' where role = 'guest';
