set local lock_timeout = '2s';
alter table app.customers
  alter column display_name set not null,
  drop column fullname;
