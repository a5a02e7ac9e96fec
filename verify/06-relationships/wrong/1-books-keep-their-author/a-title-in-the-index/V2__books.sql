update app.books
set author_id = (select id from app.authors where name = 'Anonymous')
where author_id is null;
alter table app.books
  alter column author_id set not null,
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author_id_fkey foreign key (author_id) references app.authors (id) on delete restrict;
-- the titles come along for the list of an author's books
create index books_author on app.books (author_id) include (title);
