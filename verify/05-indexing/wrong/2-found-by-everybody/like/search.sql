select id, title from app.articles where title || ' ' || coalesce(body, '') ilike '%' || ? || '%' order by id;
