create schema billing;
grant usage on schema billing to course_app;
create table billing.invoices (
  id   bigint primary key,
  open numeric(12,2) not null
);
create table billing.payments (
  id      bigint generated always as identity primary key,
  invoice bigint not null references billing.invoices,
  amount  numeric(12,2) not null
);
insert into billing.invoices select n, 100 from generate_series(1, 40) n;
