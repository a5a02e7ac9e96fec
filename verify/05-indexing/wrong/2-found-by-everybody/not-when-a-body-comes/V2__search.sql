alter table app.articles add column words tsvector;

create function app.articles_words() returns trigger language plpgsql as $$
begin
  new.words :=
    setweight(to_tsvector('english', new.title), 'A') ||
    setweight(to_tsvector('english', coalesce(new.body, '')), 'D');
  return new;
end $$;

update app.articles set words =
  setweight(to_tsvector('english', title), 'A') ||
  setweight(to_tsvector('english', coalesce(body, '')), 'D');
alter table app.articles alter column words set not null;

create trigger articles_words_new before insert on app.articles
  for each row execute function app.articles_words();
create trigger articles_words_changed before update on app.articles
  for each row when ((old.title, old.body) <> (new.title, new.body))
  execute function app.articles_words();

create index articles_words on app.articles using gin (words);
