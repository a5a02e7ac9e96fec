select a.id, a.title
from websearch_to_tsquery('english', ?) as q
join app.articles a on a.words @@ q
order by
  -- any word of the query, in the title (weight A), however often, and the body counts nothing
  ts_rank('{0, 0, 0, 1}', a.words,
    regexp_replace(q::text, ' (&|<->|<[0-9]+>) ', ' | ', 'g')::tsquery) > 0 desc,
  a.id;
