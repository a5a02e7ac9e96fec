create schema if not exists app;
grant usage on schema app to course_app;

create table app.order_lines (
  id          bigint generated always as identity primary key,
  shop_id     bigint,
  reference   text not null,
  product     text not null check (btrim(product) <> ''),
  quantity    int not null check (quantity >= 1),
  net_cents   bigint not null check (net_cents between 0 and 9200000000000000),
  vat_percent numeric(5, 2) not null check (vat_percent between 0 and 100),
  gross_cents numeric not null generated always as (
                round(quantity::numeric * net_cents * (1 + vat_percent / 100))) stored
);

-- Once in each shop, and our own shop has no number.
create unique index order_lines_reference
  on app.order_lines ((coalesce(shop_id::text || '/', '') || reference));

grant select, insert, update on app.order_lines to course_app;
