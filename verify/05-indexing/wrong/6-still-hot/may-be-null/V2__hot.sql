-- Written anew, with room on each page.
create table app.pages_anew with (fillfactor = 75) as
  select id, slug, section, title, hits from app.pages order by id;

drop table app.pages;
alter table app.pages_anew rename to pages;
alter table app.pages
  add constraint pages_pkey primary key (id),
  add constraint pages_slug_key unique (slug);
create index pages_of_section on app.pages (section, title);
analyze app.pages;
