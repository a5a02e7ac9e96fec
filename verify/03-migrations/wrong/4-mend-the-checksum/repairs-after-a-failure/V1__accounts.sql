-- Who pays, and who is paid.
create table app.accounts (
  id    bigint generated always as identity primary key,
  owner text not null
);
