drop index app.pages_popular;
alter table app.pages set (fillfactor = 80);
drop index app.pages_of_section;
create index pages_of_section on app.pages (section, title) include (hits);
cluster app.pages using pages_pkey;
