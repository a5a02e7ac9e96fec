set local lock_timeout = '2s';
alter table app.views drop constraint views_pkey, alter column page_id drop not null, alter column day drop not null;
create unique index views_of_page on app.views (page_id, day) include (seen);
