create schema app;
create table app.accounts (
  id         int primary key,
  email      text not null unique,
  login      text not null,
  deleted_at timestamptz
);
create index accounts_email on app.accounts (email);
create unique index accounts_login on app.accounts (lower(login)) where deleted_at is null;

create table app.products (id int primary key, name text not null);

create table app.invoices (
  id         int primary key,
  account_id int not null references app.accounts on delete cascade,
  number     int not null,
  issued     date not null,
  paid       boolean not null,
  unique (account_id, number)
);
create index invoices_of_account on app.invoices (account_id);
create index invoices_issued on app.invoices (issued);
create index invoices_issued_by on app.invoices (issued, account_id);
create index invoices_unpaid on app.invoices (issued) where not paid;

create table app.lines (
  invoice_id int not null references app.invoices on delete cascade,
  position   int not null,
  product_id int not null references app.products,
  unique (invoice_id, position)
);
create index lines_of_invoice on app.lines (invoice_id);
create unique index lines_positions on app.lines (invoice_id, position);
create index lines_of_product on app.lines (product_id);
grant usage on schema app to course_app;
grant select, insert, update, delete on all tables in schema app to course_app;
insert into app.accounts select n, 'a' || n, 'Login' || n from generate_series(1, 3000) n;
insert into app.products select n, 'product ' || n from generate_series(1, 3000) n;
insert into app.invoices select n, n % 2000 + 1, n, date '2024-01-01' + n % 700, hashint8(n) % 100 <> 0 from generate_series(1, 20000) n;
insert into app.lines select n % 19000 + 1, n, n % 2000 + 1 from generate_series(1, 20000) n;
