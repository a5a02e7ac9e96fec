set local lock_timeout = '5s';

-- one statement for the rules, so that there is no moment without a foreign key
alter table app.books
  drop constraint books_author_id_fkey,
  drop constraint books_author_id_fkey1,
  add constraint books_author_fk foreign key (author_id) references app.authors on delete restrict not valid,
  add constraint books_have_author check (author_id is not null) not valid;

with anonymous as (
  select id from app.authors where name = 'Anonymous'
)
update app.books
set author_id = (select id from anonymous)
where author_id is null;

alter table app.books validate constraint books_author_fk;
alter table app.books validate constraint books_have_author;

create index books_of_author on app.books (author_id, id);
