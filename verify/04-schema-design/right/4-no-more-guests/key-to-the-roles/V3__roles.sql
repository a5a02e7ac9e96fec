set local lock_timeout = '1500ms';

update app.members set role = 'user' where role = 'guest';
