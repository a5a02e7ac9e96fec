-- One lock, and nothing is read under it.
set local lock_timeout = '1500ms';
lock table app.members in access exclusive mode;
alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
drop trigger members_no_guest on app.members;
drop function app.no_guest();
