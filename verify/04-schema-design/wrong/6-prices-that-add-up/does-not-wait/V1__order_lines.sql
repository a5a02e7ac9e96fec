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
  -- numeric throughout: quantity * net_cents alone could leave bigint. Times 0.01 is exact; a division by 100 keeps two
  -- decimals of a great sum, which rounds it a first time: .495 becomes .50, and that becomes 1.
  gross_cents numeric generated always as (round(quantity::numeric * net_cents * (100 + vat_percent) * 0.01)) stored,
  -- Without nulls not distinct, our own shop would have no rule at all.
  unique nulls not distinct (shop_id, reference)
);

create function app.one_at_a_time() returns trigger language plpgsql as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(format('%s %s', new.shop_id, new.reference), 0)) then
    raise exception 'somebody is about to insert %', new.reference using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger order_lines_one_at_a_time before insert or update on app.order_lines
  for each row execute function app.one_at_a_time();
