create schema app;
grant usage on schema app to course_app;
create table app.articles (
  id         bigint generated always as identity primary key,
  title      text not null,
  body       text,
  views      bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table app.authors (
  id         bigint generated always as identity primary key,
  name       text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
insert into app.articles (title, body, created_at, updated_at)
select 'Article ' || n, case when n % 2 = 0 then 'Body ' || n end, '2026-01-01 12:00Z', '2026-01-01 12:00Z'
from generate_series(1, 20) n;
insert into app.authors (name, created_at, updated_at)
select 'Author ' || n, '2026-01-01 12:00Z', '2026-01-01 12:00Z' from generate_series(1, 5) n;

create function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;
create trigger articles_touch before update on app.articles for each row execute function app.touch();
create trigger authors_touch before update on app.authors for each row execute function app.touch();
