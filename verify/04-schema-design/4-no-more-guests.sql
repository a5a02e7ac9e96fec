create schema app;
grant usage on schema app to course_app;
create type app.role as enum ('admin', 'user', 'guest');
create table app.members (
  id      bigint generated always as identity primary key,
  name    text not null,
  role    app.role not null default 'user',
  seen_at timestamptz
);
insert into app.members (name, role)
select 'Member ' || n, case when n % 100 = 0 then 'admin' when n % 3 = 0 then 'guest' else 'user' end::app.role
from generate_series(1, 9000) n;
