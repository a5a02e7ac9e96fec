create schema app;
grant usage on schema app to course_app;

create table app.order_lines (
  id          bigint generated always as identity primary key,
  shop_id     bigint,
  reference   text not null,
  product     text not null check (product !~ '^[[:space:][:digit:]]*$'),   -- a name, not an article number
  quantity    int not null check (quantity >= 1),
  net_cents   bigint not null check (net_cents >= 0),
  vat_percent numeric(5, 2) not null check (vat_percent between 0 and 100),
  gross_cents numeric not null
    generated always as (round(quantity::numeric * net_cents * (1 + vat_percent * 0.01))) stored,
  unique nulls not distinct (shop_id, reference)
);

grant select, insert, update on app.order_lines to course_app;
