select a.id, a.title
from app.articles a, websearch_to_tsquery('english', ?) as query
where a.words @@ query
order by to_tsvector(a.title) @@ query desc, a.id;
