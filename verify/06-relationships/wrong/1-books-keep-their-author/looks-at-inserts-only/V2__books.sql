update app.books
set author_id = (select id from app.authors where name = 'Anonymous')
where author_id is null;

-- Three changes, one lock, one statement. A name of our own, for the program that reads it in the error.
alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors on delete restrict;

-- For "whose books are these" and for every author who goes.
create index books_by_author on app.books (author_id);

create function app.needs_an_author() returns trigger language plpgsql as $$
begin
  if new.author_id is null then
    raise not_null_violation using message = 'a book needs an author';
  end if;
  return new;
end $$;
create trigger needs_an_author before insert on app.books for each row execute function app.needs_an_author();
