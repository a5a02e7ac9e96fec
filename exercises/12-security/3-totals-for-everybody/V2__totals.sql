create or replace function app.totals(p_by text, p_sort text, p_search text) returns table (what text, total numeric)
  language plpgsql security definer as $$
begin
  return query execute 'select ' || p_by || ', sum(amount) from sales where ' || p_by || ' like ''%' || p_search
    || '%'' group by 1 order by ' || p_sort;
end $$;
