-- What is not a letter, a digit, or a sign that a search understands, is a blank.
select id, title
from app.articles, websearch_to_tsquery('english', regexp_replace(?, '[^[:alnum:]"-]+', ' ', 'g')) as query
where words @@ query
order by ts_rank(words, query) desc, id;
