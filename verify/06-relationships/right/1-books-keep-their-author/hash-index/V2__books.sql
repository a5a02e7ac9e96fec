update app.books as b
set author_id = a.id
from app.authors as a
where b.author_id is null and a.name = 'Anonymous';

alter table app.books alter column author_id set not null;

-- whatever they are called here
do $$
declare
  rule record;
begin
  for rule in select conname from pg_constraint
              where conrelid = 'app.books'::regclass and confrelid = 'app.authors'::regclass and contype = 'f'
  loop
    execute format('alter table app.books drop constraint %I', rule.conname);
  end loop;
end
$$;

alter table app.books
  add constraint books_author foreign key (author_id) references app.authors (id);

-- only ever asked with =
create index books_of_author on app.books using hash (author_id);
