create schema app;
grant usage on schema app to course_app;
create table app.categories (
  id        bigint primary key,
  parent_id bigint references app.categories on delete restrict check (parent_id <> id),
  name      text not null
);
-- 1 has the children 2, 3 and 4; 5 is below 2, 6 below 5, 7 below 6; 8 is below 3, 9 below 8. 10 is a root as well.
insert into app.categories values
  (1, null, 'Everything'), (2, 1, 'Kitchen'), (3, 1, 'Garden'), (4, 1, 'Office'),
  (5, 2, 'Pots'), (6, 5, 'Lids'), (7, 6, 'Knobs'), (8, 3, 'Spades'), (9, 8, 'Handles'), (10, null, 'Sale');
create index on app.categories (parent_id);
