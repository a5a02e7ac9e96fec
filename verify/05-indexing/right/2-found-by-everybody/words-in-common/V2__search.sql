create index articles_words on app.articles using gin (
  (to_tsvector('english', title) || to_tsvector('english', coalesce(body, '')))
);
