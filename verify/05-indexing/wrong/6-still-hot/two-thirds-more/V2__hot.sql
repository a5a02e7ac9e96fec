drop index app.pages_popular;
alter table app.pages set (fillfactor = 60);
cluster app.pages using pages_pkey;
