select articles.*
from app.articles, websearch_to_tsquery('english', ?) q
where tsv @@ q
order by ts_rank(tsv, q) desc, id;
