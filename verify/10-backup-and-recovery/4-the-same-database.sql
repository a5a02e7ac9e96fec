create schema app;
grant usage on schema app to course_app;
create table app.customers (
  id    bigint generated always as identity primary key,
  email text not null unique,
  note  text default 'new'
);
create table app.orders (
  id       bigint generated always as identity primary key,
  customer bigint not null references app.customers,
  amount   numeric(10, 2) not null check (amount > 0)
);
create index orders_large on app.orders (customer) where amount > 100;
create table app.log (line text);
create type app.size as enum ('S', 'M');
create type app.width as enum ('S', 'M');
create table app.kinds (many int[], at timestamptz(0), size app.size);
create function app.keep() returns trigger language plpgsql as $$ begin insert into app.log values ('changed'); return null; end $$;
create trigger orders_log after update on app.orders for each row execute function app.keep();
insert into app.customers (email, note) values ('a@example.com', null), ('b@example.com', ''), ('c@example.com', 'good');
insert into app.orders (customer, amount) values (1, 10), (2, 20), (3, 200), (1, 30);
insert into app.log values ('first'), ('again'), ('again'), ('again'), (null);
