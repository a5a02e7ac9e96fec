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
-- What programs have sent: dates of 1999, of the future, and in the wrong order.
insert into app.articles (id, title, body, views, created_at, updated_at) overriding system value values
  (-1, 'Of 1999', null, 3, '2026-01-01 12:00Z', '1999-01-01 00:00Z'),
  (-2, 'Of the future', '', 0, '2999-01-01 00:00Z', '2999-01-01 00:00Z'),
  (-3, 'Never', 'Body', 0, '-infinity', 'infinity'),
  (-4, 'Always', ' ', 0, 'infinity', '-infinity'),
  (-5, '', 'Body', 0, '1999-01-01 00:00:00.000001Z', '2026-01-01 12:00Z');
insert into app.authors (id, name, created_at, updated_at) overriding system value values
  (-1, 'Of 1999', '2026-01-01 12:00Z', '1999-01-01 00:00Z'),
  (-2, 'Of the future', '2999-01-01 00:00Z', '2999-01-01 00:00Z'),
  (-3, '', 'infinity', '-infinity');

create function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;
create trigger articles_touch before update on app.articles for each row execute function app.touch();
create trigger authors_touch before update on app.authors for each row execute function app.touch();
