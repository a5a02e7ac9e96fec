with box as (select cast(? as text) as typed)
select id, title
from app.articles, box
where words @@ websearch_to_tsquery('english', typed)
order by position(lower(typed) in lower(title)) > 0 desc, id;
