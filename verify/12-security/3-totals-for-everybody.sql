create schema app;
grant usage on schema app to course_app;
create table app.sales (
  id      bigint generated always as identity primary key,
  product text not null,
  city    text not null,
  status  text not null,
  amount  numeric(12, 2) not null,
  buyer   text not null
);
insert into app.sales (product, city, status, amount, buyer) values
  ('pen',        'Bern', 'paid',   2.50, 'Ann'),
  ('pen',        'Oslo', 'open',   5.00, 'Bob'),
  ('book',       'Bern', 'paid',  20.00, 'Ann'),
  ('lamp 100%',  'Rome', 'paid',  45.00, 'Carl'),
  ('lamp_small', 'Rome', 'open',  20.00, 'Dora'),
  ('O''Neill',   'Oslo', 'sent',   7.50, 'Eve'),
  ('back\slash', 'Lima', 'sent',   1.00, 'Fay');
-- The app sees totals, and never who bought what.
revoke all on app.sales from course_app;

create function app.totals(p_by text, p_sort text, p_search text) returns table (what text, total numeric)
  language plpgsql security definer as $$
begin
  return query execute 'select ' || p_by || ', sum(amount) from sales where ' || p_by || ' like ''%' || p_search
    || '%'' group by 1 order by ' || p_sort;
end $$;
-- Somewhere the app may create, as people could in public until PostgreSQL 15.
create schema playground;
grant usage, create on schema playground to course_app;
