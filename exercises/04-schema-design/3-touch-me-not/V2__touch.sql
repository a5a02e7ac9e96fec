create or replace trigger articles_touch before update on app.articles
  for each row when (old.title <> new.title or old.body <> new.body)
  execute function app.touch();
