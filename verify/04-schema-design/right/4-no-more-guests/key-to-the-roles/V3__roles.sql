-- For each of the rows.
set local lock_timeout = '50ms';

update app.members set role = 'user' where role = 'guest';
