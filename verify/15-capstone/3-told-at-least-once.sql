create schema billing;
grant usage on schema billing to course_app;
create table billing.invoices (
  id       bigint generated always as identity primary key,
  customer text not null,
  amount   numeric(12,2) not null check (amount > 0)
);
