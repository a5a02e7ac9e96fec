drop index app.pages_popular;
create index pages_popular on app.pages (hits desc) where hits > 1000;
