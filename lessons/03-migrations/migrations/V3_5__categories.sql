create table app.categories (
  id   bigint generated always as identity primary key,
  name text not null unique
);
