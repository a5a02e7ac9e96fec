-- A word in the title counts a hundred times as much as one in the body.
select id, title
from app.articles, websearch_to_tsquery('english', ?) as wanted
where words @@ wanted
order by ts_rank_cd('{0.01, 0.01, 0.01, 1.0}', words, wanted) desc, id;
