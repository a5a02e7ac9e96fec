create schema app;
grant usage on schema app to course_app;

create table app.order_lines (
  id          bigint generated always as identity primary key,
  shop_id     bigint,
  reference   text,
  product     text not null,
  quantity    int not null,
  net_cents   double precision not null,
  vat_percent double precision not null,
  gross_cents double precision,
  unique (shop_id, reference)
);
