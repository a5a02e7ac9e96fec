create schema app;
grant usage on schema app to course_app;
create table app.categories (
  id        bigint primary key,
  parent_id bigint,
  name      text not null
);
-- Five children each. Names come up again and again: only the last digits of the number are in them.
insert into app.categories
select n, case when n > 1 then (n - 2) / 5 + 1 end, 'Category ' || lpad((n % 1000)::text, 3, '0') from generate_series(1, 20000) n;
-- The accident: each of Red, Green and Blue is below another of them.
insert into app.categories values (50001, 50002, 'Red'), (50002, 50003, 'Green'), (50003, 50001, 'Blue'),
  (50004, 50002, 'Leaf'), (50005, 50003, 'Leaf'), (50006, 50004, 'Leaf'), (50007, 50007, 'Itself');
alter table app.categories add foreign key (parent_id) references app.categories;
create index categories_parent on app.categories (parent_id);
analyze app.categories;
