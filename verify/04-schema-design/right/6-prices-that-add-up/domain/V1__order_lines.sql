create schema app;
grant usage on schema app to course_app;

create domain app.cents as numeric(20, 0) not null check (value >= 0);
create domain app.percent as numeric(5, 2) not null check (value between 0 and 100);
create table app.order_lines (
  id          bigint generated always as identity primary key,
  shop_id     bigint,
  reference   text not null,
  product     text not null,
  quantity    int not null,
  net_cents   app.cents,
  vat_percent app.percent,
  gross_cents numeric generated always as (round(quantity * net_cents * (1 + vat_percent / 100), 0)) stored,
  check (quantity > 0 and product ~ '\S')
);
create unique index order_lines_reference on app.order_lines (coalesce(shop_id, -1), reference);
