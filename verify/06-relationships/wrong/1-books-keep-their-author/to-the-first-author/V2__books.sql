update app.books set author_id = 1 where author_id is null;
alter table app.books alter column author_id set not null;
alter table app.books drop constraint books_author_id_fkey;
create index on app.books (author_id);
