select id, title
from app.articles, websearch_to_tsquery('english', ?) q
where tsv @@ q or numnode(q) = 0
order by ts_rank(tsv, q) desc, id;
