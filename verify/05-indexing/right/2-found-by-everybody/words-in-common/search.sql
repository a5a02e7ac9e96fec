with box as (select left(?, 10000) as typed)
select a.id, a.title
from app.articles a cross join box
where (to_tsvector('english', a.title) || to_tsvector('english', coalesce(a.body, '')))
      @@ websearch_to_tsquery('english', box.typed)
order by tsvector_to_array(to_tsvector('english', a.title))
           && tsvector_to_array(to_tsvector('english', box.typed)) desc,
         a.id;
