set local lock_timeout = '2s';

alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
drop trigger members_no_more_guests on app.members;
drop function app.no_more_guests();
