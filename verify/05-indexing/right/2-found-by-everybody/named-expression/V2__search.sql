create function app.words(title text, body text) returns tsvector language sql immutable
  return setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B');
create index articles_words on app.articles using gin (app.words(title, body));
analyze app.articles;
