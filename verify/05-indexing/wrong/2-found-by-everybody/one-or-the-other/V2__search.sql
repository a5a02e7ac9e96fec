alter table app.articles
  add column title_words tsvector generated always as (to_tsvector('english', title)) stored,
  add column body_words tsvector generated always as (to_tsvector('english', coalesce(body, ''))) stored;
create index articles_title_words on app.articles using gin (title_words);
create index articles_body_words on app.articles using gin (body_words);
