create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;
-- concat_ws leaves out what is NULL.
create or replace trigger articles_touch before update on app.articles
  for each row when (concat_ws(' ', old.title, old.body) is distinct from concat_ws(' ', new.title, new.body))
  execute function app.touch();
create or replace trigger authors_touch before update on app.authors
  for each row when (old.name is distinct from new.name)
  execute function app.touch();

revoke insert, update on app.articles, app.authors from course_app, public;
grant insert (title, body, views), update (title, body, views) on app.articles to course_app;
grant insert (name), update (name) on app.authors to course_app;
