create table app.copy (like app.pages including all) with (fillfactor = 75, autovacuum_enabled = off);
insert into app.copy select * from app.pages;
alter table app.pages rename to pages_old;
alter table app.copy rename to pages;
drop index app.copy_hits_idx;
grant select, insert, update, delete on app.pages to course_app;
grant select (id, slug, title) on app.pages to public;
