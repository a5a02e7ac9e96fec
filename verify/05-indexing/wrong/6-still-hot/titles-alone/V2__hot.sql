drop index app.pages_popular;
-- There are few sections and many titles: the title alone is what selects.
drop index app.pages_of_section;
create index pages_of_section on app.pages (title);

alter table app.pages set (fillfactor = 75);
cluster app.pages using pages_pkey;
