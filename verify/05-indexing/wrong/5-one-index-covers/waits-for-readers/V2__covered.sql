-- Nobody may write meanwhile.
lock table app.views in share row exclusive mode nowait;
alter table app.views drop constraint views_pkey;
alter table app.views add constraint views_pkey primary key (page_id, day) include (seen);
