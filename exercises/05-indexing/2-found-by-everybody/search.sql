select id, title
from app.articles
where to_tsvector('english', title || ' ' || body) @@ to_tsquery('english', ?)
order by id;
