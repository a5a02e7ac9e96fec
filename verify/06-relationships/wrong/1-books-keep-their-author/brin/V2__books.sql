update app.books
set author_id = (select id from app.authors where name = 'Anonymous')
where author_id is null;

alter table app.books alter column author_id set not null;
alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors (id) on delete restrict;

-- a fraction of the size of a B-tree
create index books_of_author on app.books using brin (author_id);
