set local lock_timeout = '1500ms';

alter table app.members add constraint members_no_guests check (role <> 'guest') not valid;
drop trigger members_no_guests on app.members;
drop function app.members_no_guests();
