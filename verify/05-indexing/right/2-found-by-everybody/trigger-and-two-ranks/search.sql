select id, title
from (
  select a.id, a.title,
         ts_filter(a.words, '{a}') @@ q as in_title,
         ts_rank('{0.1, 0.2, 0.4, 1.0}', a.words, q) as rank
  from app.articles a
  cross join websearch_to_tsquery('english', ?) as q
  where a.words @@ q
) as found
order by in_title desc, rank desc, id;
