set local lock_timeout = '1s';
create unique index views_new on app.views (page_id, day) include (seen);
alter table app.views drop constraint views_pkey;
-- What the primary key has said of its columns stays or is said again.
alter table app.views alter column page_id set not null, alter column day set not null;
