create table app.copy with (fillfactor = 80, autovacuum_enabled = off) as select * from app.pages;
drop table app.pages;
alter table app.copy rename to pages;
alter table app.pages add primary key (id);
create index pages_of_section on app.pages (section, title);
create index pages_slug on app.pages (slug);
grant select, insert, update, delete on app.pages to course_app;
grant select (id, slug, title) on app.pages to public;
