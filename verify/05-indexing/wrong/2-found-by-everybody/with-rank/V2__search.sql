-- coalesce, or an article without a body has no words at all. The weights let the title count for more.
alter table app.articles add column tsv tsvector generated always as (
  setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B')
) stored;
create index articles_tsv on app.articles using gin (tsv);
