do $$
declare
  fk name;
begin
  for fk in select conname from pg_constraint where conrelid = 'app.books'::regclass and contype = 'f' loop
    execute format('alter table app.books drop constraint %I', fk);
  end loop;
end $$;

update app.books set author_id = (select id from app.authors where name = 'Anonymous') where author_id is null;

alter table app.books
  alter column author_id set not null,
  add constraint books_author_id_fkey foreign key (author_id) references app.authors (id) on update cascade on delete restrict;

create index books_author_id_idx on app.books (author_id);
