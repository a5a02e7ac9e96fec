create unique index views_covered on app.views (page_id, day) include (seen);
lock table app.views in access exclusive mode nowait;
alter table app.views drop constraint views_pkey, add constraint views_pkey primary key using index views_covered;
