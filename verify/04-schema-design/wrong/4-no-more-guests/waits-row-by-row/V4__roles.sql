set local lock_timeout = '2s';

alter table app.members add constraint no_more_guests check (role <> 'guest') not valid;
drop trigger guests_are_users on app.members;
drop function app.guests_are_users();
