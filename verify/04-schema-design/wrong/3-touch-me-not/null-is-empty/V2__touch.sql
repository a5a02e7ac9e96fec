-- A body may be NULL, and NULL compares to nothing: take it as no text.
create or replace trigger articles_touch before update on app.articles
  for each row when (old.title <> new.title or coalesce(old.body, '') <> coalesce(new.body, ''))
  execute function app.touch();
create or replace trigger authors_touch before update on app.authors
  for each row when (old.name <> new.name)
  execute function app.touch();

-- The dates are not the program's to write.
revoke insert, update on app.articles, app.authors from course_app;
grant insert (id, title, body, views), update (id, title, body, views) on app.articles to course_app;
grant insert (id, name), update (id, name) on app.authors to course_app;
