-- As one types, the last word is not complete yet.
select id, title
from app.articles, cast(websearch_to_tsquery('english', ?)::text || ':*' as tsquery) q
where tsv @@ q
order by ts_rank(tsv, q) desc, id;
