set local lock_timeout = '1s';
create unique index views_new on app.views (page_id, day) include (seen);
alter table app.views drop constraint views_pkey, add constraint views_pkey primary key using index views_new;
