set local lock_timeout = '2s';
alter table app.users add constraint users_email_length
  check (length(email) between 3 and 320) not valid;
