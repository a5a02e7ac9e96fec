create schema app;
grant usage on schema app to course_app;
create table app.events (
  id         bigint generated always as identity primary key,
  account_id bigint not null,
  kind       text not null
);
insert into app.events (account_id, kind)
select 1 + n % 1000, 'login' from generate_series(1, 10000) n;
analyze app.events;
