create schema app;
grant usage on schema app to course_app;

create table app.order_lines (
  id          bigint generated always as identity primary key,
  -- NULL is our own shop.
  shop_id     bigint,
  reference   text not null,
  product     text not null check (btrim(product) <> ''),
  quantity    int not null check (quantity >= 1),
  -- Exact. A double knows about 15 digits, and none of a tenth.
  net_cents   bigint not null check (net_cents >= 0),
  vat_percent numeric(5, 2) not null check (vat_percent between 0 and 100),
  gross_cents numeric generated always as (round(quantity::numeric * net_cents * (100 + vat_percent) * 0.01)) stored
);
create index order_lines_reference on app.order_lines (reference, shop_id);

create function app.reference_is_new() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.reference, coalesce(new.shop_id, 0)));
  if exists (select from app.order_lines l
             where l.reference = new.reference and l.shop_id is not distinct from new.shop_id and l.id <> new.id) then
    raise exception 'the reference % is there already', new.reference using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger order_lines_reference before insert or update on app.order_lines
  for each row execute function app.reference_is_new();
