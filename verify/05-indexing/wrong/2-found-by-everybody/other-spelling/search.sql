select id, title from app.articles, websearch_to_tsquery('english', ?) q
where to_tsvector('english', concat(title, ' ', body)) @@ q
order by ts_rank(setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B'), q) desc, id;
