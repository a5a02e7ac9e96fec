-- websearch_to_tsquery never raises an error, whatever a person types.
select id, title
from app.articles, websearch_to_tsquery('english', ?) q
where tsv @@ q
order by ts_rank(tsv, q) desc, id;
