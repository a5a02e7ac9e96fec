-- No column more: the index knows the words by an expression, and search.sql repeats it.
create index articles_words on app.articles using gin ((
  setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', coalesce(body, '')), 'B')
));
analyze app.articles;
