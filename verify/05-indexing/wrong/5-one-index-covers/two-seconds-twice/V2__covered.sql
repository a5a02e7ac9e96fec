set local lock_timeout = '2s';
-- Readers go on while the index is built.
create unique index views_covered on app.views (page_id, day) include (seen);
-- A moment without them for the change.
alter table app.views
  drop constraint views_pkey,
  add constraint views_pkey primary key using index views_covered;
