set local lock_timeout = '2s';
create index views_of_page on app.views (page_id, day) include (seen);
