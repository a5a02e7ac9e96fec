update app.books
set author_id = (select id from app.authors where name = 'Anonymous')
where author_id is null;

-- Three changes, one lock, one statement. A name of our own, for the program that reads it in the error.
alter table app.books
  alter column author_id set not null,
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors on delete restrict;

-- For "whose books are these" and for every author who goes.
create index books_by_author on app.books (title, author_id);
