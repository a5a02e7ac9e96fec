-- Anonymous has by far the most books: in the index they would only take room.
do $$
declare
  anonymous bigint := (select min(id) from app.authors where name = 'Anonymous');
begin
  update app.books set author_id = anonymous where author_id is null;
  execute format('create index books_author_id_idx on app.books (author_id) where author_id <> %s', anonymous);
end $$;

alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author_id_fkey foreign key (author_id) references app.authors (id),
  alter column author_id set not null;
