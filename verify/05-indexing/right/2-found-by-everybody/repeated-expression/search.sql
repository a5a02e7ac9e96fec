with asked as (
  select websearch_to_tsquery('english', ?) as q
)
select a.id, a.title
from app.articles a
join asked on (
  setweight(to_tsvector('english', a.title), 'A')
    || setweight(to_tsvector('english', coalesce(a.body, '')), 'B')
) @@ asked.q
order by ts_rank(
  setweight(to_tsvector('english', a.title), 'A')
    || setweight(to_tsvector('english', coalesce(a.body, '')), 'B'), asked.q) desc, a.id;
