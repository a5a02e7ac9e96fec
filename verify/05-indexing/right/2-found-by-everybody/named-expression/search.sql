select id, title from app.articles, websearch_to_tsquery('english', ?) q
where app.words(title, body) @@ q
order by ts_rank(app.words(title, body), q) desc, id;
