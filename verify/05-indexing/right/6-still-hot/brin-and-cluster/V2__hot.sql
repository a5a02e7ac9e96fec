-- A BRIN index only summarises blocks; since PostgreSQL 16 it does not keep an update from being HOT.
drop index app.pages_popular;
create index pages_popular on app.pages using brin (hits) with (pages_per_range = 16);

alter table app.pages set (fillfactor = 75);
cluster app.pages using pages_pkey;
