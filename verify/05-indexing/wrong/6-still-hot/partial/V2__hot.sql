drop index app.pages_popular;
create index pages_popular on app.pages (hits desc) where hits > 1000;
alter table app.pages set (fillfactor = 80);
cluster app.pages using pages_pkey;
