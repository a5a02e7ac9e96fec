-- Building only keeps writers away, readers go on.
create unique index views_of_page on app.views (page_id, day) include (seen);

-- The swap needs the table for itself, for a moment.
set local lock_timeout = '2s';
alter table app.views drop constraint views_pkey;
alter table app.views add constraint views_pkey primary key using index views_of_page;
