-- What a search looks at, spelled once. An index on an expression is used only where a query has the same expression;
-- a function gives it a name, and PostgreSQL puts the body in its place in both. NULL has no words, but hides none.
create function app.words(title text, body text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('english', coalesce(title, '')), 'A')
      || setweight(to_tsvector('english', coalesce(body, '')), 'B');
