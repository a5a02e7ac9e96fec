set local lock_timeout = '200ms';

alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
