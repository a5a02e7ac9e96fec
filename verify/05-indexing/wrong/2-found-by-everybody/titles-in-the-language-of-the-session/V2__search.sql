alter table app.articles add column words tsvector not null generated always as (
  setweight(to_tsvector('english', title), 'A') ||
  setweight(to_tsvector('english', coalesce(body, '')), 'D')
) stored;
create index articles_words on app.articles using gin (words);
