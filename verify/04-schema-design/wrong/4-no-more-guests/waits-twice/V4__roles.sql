set local lock_timeout = '1900ms';
alter table app.members
  add constraint members_no_guests check (role <> 'guest') not valid;
