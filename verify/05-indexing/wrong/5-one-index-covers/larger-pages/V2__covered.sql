-- The strong lock, for as long as the index is built. On a table of a hundred million rows: create unique index
-- concurrently, in a file of its own, and then add the constraint using that index.
set local lock_timeout = '2s';
alter table app.views drop constraint views_pkey;
alter table app.views add constraint views_pkey primary key (page_id, day) include (seen);

alter table app.views alter column page_id type bigint;
