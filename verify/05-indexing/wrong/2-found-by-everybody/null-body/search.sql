select id, title from app.articles, websearch_to_tsquery('english', ?) q
where to_tsvector('english', title || ' ' || body) @@ q
order by ts_rank(to_tsvector('english', title || ' ' || body), q) desc, id;
