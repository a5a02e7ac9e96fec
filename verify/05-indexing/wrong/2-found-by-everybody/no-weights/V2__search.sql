alter table app.articles add column tsv tsvector generated always as (to_tsvector('english', title || ' ' || coalesce(body, ''))) stored;
create index articles_tsv on app.articles using gin (tsv);
