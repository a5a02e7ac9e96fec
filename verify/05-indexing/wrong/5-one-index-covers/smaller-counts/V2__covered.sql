set local lock_timeout = '2s';
alter table app.views drop constraint views_pkey;
alter table app.views alter column seen type smallint;
alter table app.views add constraint views_pkey primary key (page_id, day) include (seen);
