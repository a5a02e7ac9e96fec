alter table app.articles add column words tsvector;

create function app.article_words() returns trigger language plpgsql as $$
begin
  new.words := setweight(to_tsvector('english', new.title), 'A')
            || setweight(to_tsvector('english', coalesce(new.body, '')), 'B');
  return new;
end
$$;

update app.articles
set words = setweight(to_tsvector('english', title), 'A')
         || setweight(to_tsvector('english', coalesce(body, '')), 'B');

create trigger article_words_insert before insert on app.articles
  for each row execute function app.article_words();

-- the words are only worked out again when there is something new to read
create trigger article_words_update before update of title, body on app.articles
  for each row when (old.title <> new.title or old.body <> new.body)
  execute function app.article_words();

create index articles_words on app.articles using gin (words);
