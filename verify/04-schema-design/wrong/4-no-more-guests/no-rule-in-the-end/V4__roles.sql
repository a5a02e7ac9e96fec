set local lock_timeout = '200ms';

drop trigger members_no_guests on app.members;
drop function app.no_guests();
