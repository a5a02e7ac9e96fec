select id, title
from app.articles, websearch_to_tsquery('english', ?) q
where tsv @@ q
order by ts_rank_cd(tsv, q) desc, id;
