create index articles_title on app.articles (title);
