select a.id, a.title
from (select websearch_to_tsquery(regexp_replace(left(?, 10000), '(-[!&|()\s]*){9,}', ' ', 'g')) as wanted) q
join app.articles a on a.words @@ q.wanted
order by
  ts_filter(a.words, '{a}') @@ q.wanted desc,
  ts_rank('{0,0,0,1}', a.words, replace(q.wanted::text, ' & ', ' | ')::tsquery) > 0 desc,
  ts_rank(a.words, q.wanted) desc,
  a.id;
