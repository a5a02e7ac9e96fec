set local lock_timeout = '2s';

-- First for new rows, then for those that are there: validating does not block readers.
alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
alter table app.members validate constraint members_no_guest;

drop trigger members_guest_to_user on app.members;
drop function app.guest_to_user();
