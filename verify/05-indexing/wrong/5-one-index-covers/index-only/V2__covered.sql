set local lock_timeout = '2s';
alter table app.views drop constraint views_pkey;
create index views_of_page on app.views (page_id, day) include (seen);
