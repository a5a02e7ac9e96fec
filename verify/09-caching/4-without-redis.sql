create schema app;
grant usage on schema app to course_app;
create table app.articles (
  name  text primary key,
  cents bigint not null
);
insert into app.articles select 'article ' || n, n * 100 from generate_series(1, 100) n;
