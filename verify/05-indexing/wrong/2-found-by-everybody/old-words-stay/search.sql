select a.id, a.title
from app.articles a, websearch_to_tsquery('english', ?) as q
where a.words @@ q
order by ts_rank(a.words, q) desc, a.id;
