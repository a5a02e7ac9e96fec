create schema app;
grant usage on schema app to course_app;
create table app.customers (
  id     int generated always as identity primary key,
  tenant text not null check (tenant <> ''),
  name   text not null,
  unique (tenant, id)
);
create table app.invoices (
  id          bigint generated always as identity primary key,
  customer_id int not null references app.customers,
  number      int not null unique,
  cents       bigint not null
) with (autovacuum_enabled = off);
insert into app.customers (tenant, name)
select (array['ada', 'bob', 'carol'])[1 + n % 3], 'Customer ' || n from generate_series(1, 60) n;
insert into app.invoices (customer_id, number, cents)
select 1 + n * 7 % 60, n, n * 100 from generate_series(1, 4400) n;
-- Ids that an import brought along.
insert into app.invoices (id, customer_id, number, cents) overriding system value
values (0, 5, 9000, 100), (-1, 9, 9001, 200);
delete from app.invoices where id % 11 = 0 and id > 1500;
analyze app.customers, app.invoices;
