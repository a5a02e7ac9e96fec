drop index app.pages_popular;
alter table app.pages set (fillfactor = 80);
alter table app.pages alter column hits type smallint;
