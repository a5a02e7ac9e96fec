-- Nobody should be left; should somebody be, he would stand in the way of the rule.
set local lock_timeout = '1800ms';
update app.members set role = 'user' where role = 'guest';

-- The strong lock, for a moment: no row is read under it.
alter table app.members add constraint members_no_guests check (role <> 'guest') not valid;
drop trigger members_no_guests on app.members;
drop function app.no_guests();
