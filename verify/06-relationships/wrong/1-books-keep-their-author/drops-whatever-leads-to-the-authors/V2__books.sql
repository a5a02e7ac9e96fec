update app.books
   set author_id = (select id from app.authors where name = 'Anonymous')
 where author_id is null;

alter table app.books alter column author_id set not null;

-- Whatever the foreign keys are called here: all go that lead to the authors.
do $$
declare
  old record;
begin
  for old in
    select conrelid::regclass as tab, conname
      from pg_constraint
     where contype = 'f' and confrelid = 'app.authors'::regclass
  loop
    execute format('alter table %s drop constraint %I', old.tab, old.conname);
  end loop;
end
$$;

alter table app.books
  add constraint books_author_id_fkey foreign key (author_id) references app.authors (id) on delete restrict;

create index books_of_author on app.books (author_id);
