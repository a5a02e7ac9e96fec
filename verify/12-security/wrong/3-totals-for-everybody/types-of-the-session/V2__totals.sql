create or replace function app.totals(p_by text, p_sort text, p_search text) returns table (what text, total numeric)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if p_by is null or p_by not in ('product', 'city', 'status') then
    raise exception 'p_by is product, city or status' using errcode = '22023';
  end if;
  if p_sort is null or p_sort not in ('what', 'total') then
    raise exception 'p_sort is what or total' using errcode = '22023';
  end if;
  return query
    select g.val, g.amounts
    from (
      select v.val, sum(v.amount) as amounts
      from (
        select case p_by
            when 'product' then s.product::text
            when 'city' then s.city::text
            when 'status' then s.status::text
          end as val, s.amount
        from app.sales s) v
      where coalesce(p_search, '') = '' or strpos(v.val, p_search) > 0
      group by v.val) g
    order by case when p_sort = 'total' then g.amounts end desc nulls last, g.val;
end $$;

revoke all on function app.totals(text, text, text) from public;
grant execute on function app.totals(text, text, text) to course_app;
