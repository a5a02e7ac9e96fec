create table people (
  id    bigint generated always as identity primary key,
  email text not null,
  name  text not null check (btrim(name) <> '')
);
create unique index people_email on people (lower(email));
insert into people (email, name) select 'person' || n || '@example.com', 'Old ' || n from generate_series(1, 300) n;
