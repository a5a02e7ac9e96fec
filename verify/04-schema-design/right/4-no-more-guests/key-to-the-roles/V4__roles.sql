set local lock_timeout = '1500ms';

-- No guest is left, so from here on the rule can be a simple one.
alter table app.members
  add constraint members_no_guest check (role <> 'guest') not valid,
  drop constraint members_role_to_be;
drop table app.roles_to_be;
