select a.id, a.title
from websearch_to_tsquery('english', ?) as q
join app.articles a on to_tsvector('english', a.title || ' ' || coalesce(a.body, '')) @@ q
order by
  -- any word of the query, in the title
  ts_rank(to_tsvector('english', a.title),
    regexp_replace(q::text, ' (&|<->|<[0-9]+>) ', ' | ', 'g')::tsquery) > 0 desc,
  a.id;
