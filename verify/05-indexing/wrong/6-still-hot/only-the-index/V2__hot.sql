drop index app.pages_popular;
