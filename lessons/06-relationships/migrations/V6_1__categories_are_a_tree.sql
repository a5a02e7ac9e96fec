set local lock_timeout = '2s';
alter table app.categories
  add column parent_id bigint references app.categories on delete restrict,
  add constraint categories_not_below_itself check (parent_id <> id),
  drop constraint categories_name_key,
  add constraint categories_siblings unique nulls not distinct (parent_id, name);

create index categories_parent on app.categories (parent_id) where parent_id is not null;
