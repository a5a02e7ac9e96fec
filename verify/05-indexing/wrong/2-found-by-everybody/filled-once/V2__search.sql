alter table app.articles add column tsv tsvector;
update app.articles set tsv = setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B');
create index articles_tsv on app.articles using gin (tsv);
