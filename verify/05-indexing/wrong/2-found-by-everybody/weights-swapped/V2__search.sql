alter table app.articles add column tsv tsvector generated always as (
  setweight(to_tsvector('english', title), 'B') || setweight(to_tsvector('english', coalesce(body, '')), 'A')
) stored;
create index articles_tsv on app.articles using gin (tsv);
