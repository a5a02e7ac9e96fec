create schema app;
grant usage on schema app to course_app;
create table app.posts (
  id     bigint generated always as identity primary key,
  author int not null,
  title  text not null
);
insert into app.posts (author, title) select 1 + n % 7, 'Post ' || n from generate_series(1, 500) n;
