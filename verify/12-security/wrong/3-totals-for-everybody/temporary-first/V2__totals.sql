-- No text becomes SQL, because no SQL is made of text. The path has no schema in which others create, and pg_temp,
-- which is searched first unless it is named, comes last.
create or replace function app.totals(p_by text, p_sort text, p_search text) returns table (what text, total numeric)
  language plpgsql security definer set search_path = app, pg_catalog as $$
begin
  if p_by is null or p_by not in ('product', 'city', 'status') then
    raise exception 'no totals by %', p_by using errcode = '22023', hint = 'Take product, city or status.';
  end if;
  if p_sort is null or p_sort not in ('what', 'total') then
    raise exception 'no order by %', p_sort using errcode = '22023', hint = 'Take what or total.';
  end if;
  return query
    select grouped.value, grouped.amounts
    from (select case p_by when 'product' then product when 'city' then city else status end as value, sum(amount) as amounts
          from sales group by 1) grouped
    where coalesce(p_search, '') = '' or strpos(grouped.value, p_search) > 0
    order by case when p_sort = 'total' then grouped.amounts end desc, grouped.value;
end $$;
revoke execute on function app.totals(text, text, text) from public;
grant execute on function app.totals(text, text, text) to course_app;
