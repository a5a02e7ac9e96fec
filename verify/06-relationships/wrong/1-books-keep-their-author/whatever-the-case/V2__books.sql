-- somebody may have written it in small letters
update app.books
set author_id = (select id from app.authors where lower(name) = 'anonymous' order by id limit 1)
where author_id is null;

alter table app.books alter column author_id set not null;
alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors (id) on delete restrict;
create index books_of_author on app.books (author_id);
