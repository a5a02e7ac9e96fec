drop index app.pages_popular;
alter table app.pages set (fillfactor = 80);
