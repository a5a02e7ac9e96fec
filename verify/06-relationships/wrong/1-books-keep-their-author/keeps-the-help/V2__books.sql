update app.books
set author_id = (select a.id from app.authors a where a.name = 'Anonymous')
where author_id is null;

-- A valid check spares "set not null" the reading of all books under its lock.
alter table app.books add constraint books_author_id_present check (author_id is not null) not valid;
alter table app.books validate constraint books_author_id_present;
alter table app.books alter column author_id set not null;

alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors (id);

create index books_author_id on app.books (author_id);
