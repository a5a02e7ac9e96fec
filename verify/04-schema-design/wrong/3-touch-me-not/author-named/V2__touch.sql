create or replace trigger articles_touch before update on app.articles
  for each row when ((old.title, old.body) is distinct from (new.title, new.body))
  execute function app.touch();
-- Nothing else of an author can change.
create or replace trigger authors_touch before update of name on app.authors
  for each row execute function app.touch();

-- The dates are not the program's to write.
revoke insert, update on app.articles, app.authors from course_app;
grant insert (id, title, body, views), update (id, title, body, views) on app.articles to course_app;
grant insert (id, name), update (id, name) on app.authors to course_app;
