create schema app;
grant usage on schema app to course_app;
create table app.accounts (
  id      bigint primary key,
  owner   text not null,
  balance numeric(12, 2) not null
);
insert into app.accounts
values (1, 'Ann', 100), (2, 'Bob', 100), (3, 'Cat', 0), (4, 'Dan', 250.50), (5, 'Eve', 100);
