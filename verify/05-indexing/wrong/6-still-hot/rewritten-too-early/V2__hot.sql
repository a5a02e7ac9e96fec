drop index app.pages_popular;
cluster app.pages using pages_pkey;
alter table app.pages set (fillfactor = 75);
