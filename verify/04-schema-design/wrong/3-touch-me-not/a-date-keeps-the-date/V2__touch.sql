create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.created_at := old.created_at;
  new.updated_at := now();
  return new;
end $$;

create function app.keep_dates() returns trigger language plpgsql as $$
begin
  new.created_at := old.created_at;
  new.updated_at := old.updated_at;
  return new;
end $$;

create function app.first_dates() returns trigger language plpgsql as $$
begin
  new.created_at := now();
  new.updated_at := now();
  return new;
end $$;

-- What counts is what is written in the article, not how often it is read.
create or replace trigger articles_touch before update on app.articles
  for each row when ((old.title, old.body) is distinct from (new.title, new.body))
  execute function app.touch();
create or replace trigger authors_touch before update on app.authors
  for each row when (old.name is distinct from new.name)
  execute function app.touch();

-- Whoever sends a date gets the old one back.
create trigger articles_untouched before update of created_at, updated_at on app.articles
  for each row execute function app.keep_dates();
create trigger authors_untouched before update of created_at, updated_at on app.authors
  for each row execute function app.keep_dates();

create trigger articles_first_dates before insert on app.articles
  for each row execute function app.first_dates();
create trigger authors_first_dates before insert on app.authors
  for each row execute function app.first_dates();
