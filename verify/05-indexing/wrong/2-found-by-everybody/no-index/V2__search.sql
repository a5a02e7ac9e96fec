alter table app.articles add column tsv tsvector generated always as (
  setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B')
) stored;
