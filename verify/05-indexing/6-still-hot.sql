create schema app;
grant usage on schema app to course_app;
create table app.pages (
  id      int primary key,
  slug    text not null unique,
  section text not null,
  title   text not null,
  hits    int not null
) with (autovacuum_enabled = off);
insert into app.pages
select n, 'page-' || n, 'section ' || n % 50, 'The title of the page with the number ' || n, n % 5000 from generate_series(1, 20000) n;
create index pages_of_section on app.pages (section, title);
create index pages_popular on app.pages (hits desc);
grant select (id, slug, title) on app.pages to public;
grant select, insert, update, delete on app.pages to course_app;
