set local lock_timeout = '2s';

alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
drop trigger members_guest_to_user on app.members;
drop function app.guest_to_user();
