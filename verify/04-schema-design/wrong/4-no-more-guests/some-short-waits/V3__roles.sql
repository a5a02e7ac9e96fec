set local lock_timeout = '200ms';

update app.members set role = 'user' where role = 'guest';
