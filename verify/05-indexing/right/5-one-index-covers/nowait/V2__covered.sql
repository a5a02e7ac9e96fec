lock table app.views in access exclusive mode nowait;

alter table app.views drop constraint views_pkey;
alter table app.views
  alter column page_id set not null,
  alter column day set not null,
  add constraint views_page_day unique (page_id, day) include (seen);
