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
  if p_by = 'product' then
    return query select product, sum(amount) from app.sales where p_search is null or position(p_search in product) > 0 group by product
      order by case when p_sort = 'total' then -sum(amount) end, product;
  elsif p_by = 'city' then
    return query select city, sum(amount) from app.sales where p_search is null or position(p_search in city) > 0 group by city
      order by case when p_sort = 'total' then -sum(amount) end, city;
  else
    return query select status, sum(amount) from app.sales where p_search is null or position(p_search in status) > 0 group by status
      order by case when p_sort = 'total' then -sum(amount) end, status;
  end if;
end $$;
revoke execute on function app.totals(text, text, text) from public;
grant execute on function app.totals(text, text, text) to course_app;
