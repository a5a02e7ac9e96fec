set local lock_timeout = '2s';
alter table app.views drop constraint views_pkey;
alter table app.views add constraint views_pkey primary key (page_id, day);
create index views_of_page on app.views (page_id, day, seen);
