create schema app;
grant usage on schema app to course_app;

create domain app.cents as bigint check (value >= 0);
create domain app.percent as numeric check (value between 0 and 100 and value = round(value, 2));
create domain app.pieces as int check (value >= 1);
create domain app.label as text check (value ~ '\S');

create table app.order_lines (
  id          bigint generated always as identity primary key,
  shop_id     bigint,
  reference   text not null,
  product     app.label not null,
  quantity    app.pieces not null,
  net_cents   app.cents not null,
  vat_percent app.percent not null,
  -- in hundredths of a percent, with half of the divisor added before div cuts off
  gross_cents numeric(30) not null generated always as
    (div(quantity::numeric * net_cents::numeric * (10000 + 100 * vat_percent::numeric) + 5000, 10000)) stored
);
-- No number stands for our own shop: whether there is one is a column of the index.
create unique index order_lines_reference
  on app.order_lines (reference, (shop_id is null), (coalesce(shop_id, 0)));
