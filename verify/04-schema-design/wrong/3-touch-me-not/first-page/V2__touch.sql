-- "is distinct from" knows NULL: a body that is written for the first time is a change.
create or replace trigger articles_touch before update on app.articles
  for each row when ((old.title, left(old.body, 2000)) is distinct from (new.title, left(new.body, 2000)))
  execute function app.touch();

create or replace trigger authors_touch before update on app.authors
  for each row when (old.name is distinct from new.name)
  execute function app.touch();

-- The dates are the table's business. A right that the program does not have cannot be misused, in an insert neither.
-- The triggers may still write them: they change the row, not the statement.
revoke insert, update on app.articles, app.authors from course_app;
grant insert (title, body, views), update (title, body, views) on app.articles to course_app;
grant insert (name), update (name) on app.authors to course_app;
