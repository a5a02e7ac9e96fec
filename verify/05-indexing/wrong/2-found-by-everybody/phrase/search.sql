select id, title
from app.articles, phraseto_tsquery('english', ?) q
where tsv @@ q
order by ts_rank(tsv, q) desc, id;
