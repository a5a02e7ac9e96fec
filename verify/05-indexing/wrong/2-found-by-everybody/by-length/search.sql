-- 1: a long article must not win only because it is long
select a.id, a.title
from app.articles a, websearch_to_tsquery('english', ?) as q
where a.words @@ q
order by ts_rank(a.words, q, 1) desc, a.id;
