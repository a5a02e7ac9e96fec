create function app.author_or_anonymous() returns trigger language plpgsql as $$
begin
  if new.author_id is null then
    select id into strict new.author_id from app.authors where name = 'Anonymous';
  end if;
  return new;
end
$$;

-- the old ones ...
update app.books
set author_id = (select id from app.authors where name = 'Anonymous')
where author_id is null;

-- ... and those to come
create trigger author_or_anonymous before insert on app.books
  for each row execute function app.author_or_anonymous();

alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author foreign key (author_id) references app.authors (id) on delete restrict;
create index books_of_author on app.books (author_id);
