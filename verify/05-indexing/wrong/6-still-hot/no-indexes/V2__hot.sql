drop index app.pages_popular, app.pages_of_section;
alter table app.pages set (fillfactor = 80);
cluster app.pages using pages_pkey;
