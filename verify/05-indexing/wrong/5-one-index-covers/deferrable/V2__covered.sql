set local lock_timeout = '2s';

-- deferrable, so that an import can swap the days of two rows
alter table app.views
  drop constraint views_pkey,
  add constraint views_pkey primary key (page_id, day) include (seen) deferrable initially immediate;
