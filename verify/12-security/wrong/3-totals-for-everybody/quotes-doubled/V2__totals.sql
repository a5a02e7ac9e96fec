-- No text becomes SQL, because no SQL is made of text. The path has no schema in which others create, and pg_temp,
-- which is searched first unless it is named, comes last.
create or replace function app.totals(p_by text, p_sort text, p_search text) returns table (what text, total numeric)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_by is null or p_by not in ('product', 'city', 'status') then
    raise exception 'no totals by %', p_by using errcode = '22023', hint = 'Take product, city or status.';
  end if;
  if p_sort is null or p_sort not in ('what', 'total') then
    raise exception 'no order by %', p_sort using errcode = '22023', hint = 'Take what or total.';
  end if;
  return query execute 'select x.value, x.amounts from (select ' || p_by || ' as value, sum(amount) as amounts from app.sales group by 1) x where '
    || 'strpos(x.value, E''' || replace(coalesce(p_search, ''), '''', '''''') || ''') > 0 order by '
    || case p_sort when 'total' then '2 desc, 1' else '1' end;
end $$;
revoke execute on function app.totals(text, text, text) from public;
grant execute on function app.totals(text, text, text) to course_app;
