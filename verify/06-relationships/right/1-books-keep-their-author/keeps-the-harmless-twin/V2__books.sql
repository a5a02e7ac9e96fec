create index books_by_author_and_id on app.books (author_id, id);
update app.books b set author_id = a.id from app.authors a where a.name = 'Anonymous' and b.author_id is null;
alter table app.books drop constraint books_author_id_fkey;
alter table app.books alter column author_id set not null;
