create schema app;
grant usage on schema app to course_app;
create table app.authors (
  id   bigint generated always as identity primary key,
  name text not null unique
);
create table app.books (
  id        bigint generated always as identity primary key,
  title     text not null,
  author_id bigint references app.authors (id) on delete cascade,
  foreign key (author_id) references app.authors (id)
);
insert into app.authors (name)
select case when n = 137 then 'Anonymous' else 'Author ' || n end from generate_series(1, 300) n;
-- Authors up to 200 have books, the others none; one book in fifty has no author.
insert into app.books (title, author_id)
select 'Book ' || n, case when n % 50 <> 0 then 1 + n % 200 end from generate_series(1, 20000) n;
analyze app.authors, app.books;
