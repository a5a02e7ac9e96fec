create schema app;
grant usage, create on schema app to course_app;
create table app.products (
  id    bigint generated always as identity primary key,
  name  text not null,
  price numeric(10, 2) not null
);
create table app.customers (
  id            bigint generated always as identity primary key,
  name          text not null,
  email         text not null unique,
  password_hash text not null,
  card          text
);
create table app.orders (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references app.customers,
  product_id  bigint not null references app.products,
  status      text not null default 'new'
);
create table app.audit (
  id   bigint generated always as identity primary key,
  at   timestamptz not null default clock_timestamp(),
  what text not null
);
create view app.customer_list as select * from app.customers;

-- The refund writes what the app itself may not.
create function app.refund(p_order bigint) returns void language sql security definer set search_path = app, pg_temp as $$
  update app.orders set status = 'refunded' where id = p_order;
  insert into app.audit (what) values ('refund of order ' || p_order);
$$;
create function app.wipe() returns void language sql security definer set search_path = app, pg_temp as $$
  delete from app.audit;
$$;

-- It was late, and it had to work.
grant all on all tables in schema app to course_app, public;
grant all on all sequences in schema app to course_app, public;
alter default privileges in schema app grant select on tables to public;

insert into app.products (name, price) values ('pen', 2.50), ('book', 20), ('lamp', 45);
insert into app.customers (name, email, password_hash, card) values
  ('Ann', 'ann@example.com', '$argon2id$…ann', '4000056655665556'),
  ('Bob', 'bob@example.com', '$argon2id$…bob', '5500005555555559');
insert into app.orders (customer_id, product_id) values (1, 2), (2, 3);
insert into app.audit (what) values ('the shop opens');
