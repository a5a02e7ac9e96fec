with typed as (
  select ?::text as input
), asked as not materialized (
  select input, websearch_to_tsquery('english', input) as q from typed
)
select id, title
from (
  select a.id, a.title,
    ts_rank('{0, 0, 0, 1}', a.words,
      regexp_replace(asked.q::text, ' (&|<->|<[0-9]+>) ', ' | ', 'g')::tsquery) > 0 as in_title
  from asked
  join app.articles a on a.words @@ asked.q
  union all
  -- Nothing but signs: as they are, in the title.
  select a.id, a.title, true
  from asked
  join app.articles a on strpos(a.title, btrim(asked.input)) > 0
  where asked.input !~ '[[:alnum:]]' and btrim(asked.input) <> ''
) found
order by in_title desc, id;
