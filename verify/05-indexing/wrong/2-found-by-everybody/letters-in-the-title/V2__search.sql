-- The words of an article, those of the title marked A and those of the body B.
alter table app.articles add column words tsvector generated always as (
  setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B')
) stored;
create index articles_words on app.articles using gin (words);
