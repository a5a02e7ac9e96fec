-- A change of a type that is none: with using, PostgreSQL writes the table again all the same.
alter table app.pages set (fillfactor = 70);
drop index app.pages_popular;
alter table app.pages alter column hits type int using hits + 0;
