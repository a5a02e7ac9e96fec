select id, title
from app.articles, plainto_tsquery('english', ?) q
where tsv @@ q
order by ts_rank(tsv, q) desc, id;
