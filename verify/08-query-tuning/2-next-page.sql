-- 300 articles each were imported in one go; between them some of their own, a microsecond apart.
create table articles (
  id         bigint primary key,
  created_at timestamptz not null,
  title      text not null
);
insert into articles
select n * 7919 % 12007, timestamptz '2026-01-01Z' + n / 300 * interval '1 day'
  + case when n % 300 < 10 then n % 300 * interval '1 microsecond' else interval '1 hour' end, 'Article ' || n
from generate_series(1, 12000) n;
create index articles_newest on articles (created_at, id);
analyze articles;
