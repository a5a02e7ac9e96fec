update app.books
set author_id = (select id from app.authors where name = 'Anonymous')
where author_id is null;

alter table app.books alter column author_id set not null;
alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors (id) on delete restrict;
create index books_of_author on app.books (author_id);

-- he will be needed again
create function app.keep_anonymous() returns trigger language plpgsql as $$
begin
  raise exception 'Anonymous stays' using errcode = 'foreign_key_violation';
end
$$;
create trigger keep_anonymous before delete on app.authors
  for each row when (old.name = 'Anonymous') execute function app.keep_anonymous();
