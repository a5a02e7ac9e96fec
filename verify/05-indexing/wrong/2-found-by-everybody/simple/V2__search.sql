alter table app.articles add column tsv tsvector generated always as (
  setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(body, '')), 'B')
) stored;
create index articles_tsv on app.articles using gin (tsv);
