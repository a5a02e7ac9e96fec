set local lock_timeout = '2s';
alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
