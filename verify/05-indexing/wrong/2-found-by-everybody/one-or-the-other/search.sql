select a.id, a.title
from app.articles a, websearch_to_tsquery('english', ?) as q
where a.title_words @@ q or a.body_words @@ q
order by ts_rank(setweight(a.title_words, 'A') || setweight(a.body_words, 'B'), q) desc, a.id;
