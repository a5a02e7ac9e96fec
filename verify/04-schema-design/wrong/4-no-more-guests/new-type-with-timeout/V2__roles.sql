set local lock_timeout = '200ms';

update app.members set role = 'user' where role = 'guest';
create type app.role_new as enum ('admin', 'user');
alter table app.members
  alter column role drop default,
  alter column role type app.role_new using role::text::app.role_new,
  alter column role set default 'user';
drop type app.role;
alter type app.role_new rename to role;
