update app.books set author_id = (select id from app.authors where name = 'Anonymous') where author_id is null;
alter table app.books alter column author_id set not null;
alter table app.books
  drop constraint books_author_id_fkey,
  add constraint books_author foreign key (author_id) references app.authors on delete restrict;
create index on app.books (author_id);
