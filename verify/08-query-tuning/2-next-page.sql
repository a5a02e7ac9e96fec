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

-- The night in which Berlin has an hour twice, and New York an hour later; a quarter of an hour apart.
insert into articles select 13000 + n * 37 % 41, timestamptz '2025-10-25 22:00Z' + n * interval '15 minutes', 'In the night ' || n from generate_series(0, 40) n;
insert into articles select 13100 + n, timestamptz '2025-11-02 08:00Z' - n * interval '15 minutes', 'In another night ' || n from generate_series(0, 20) n;
-- Dated ahead, and back.
insert into articles values (9223372036854775807, '2099-12-31 23:59:59.999999Z', ' Dated ahead '), (-9223372036854775808, '2099-12-31 23:59:59.999999Z', 'Dated ahead, too'),
  (0, '1969-12-31 23:59:59.5Z', ''), (-1, '1969-12-31 23:59:59.5Z', 'Before it all began');
create index articles_newest on articles (created_at, id);
analyze articles;
