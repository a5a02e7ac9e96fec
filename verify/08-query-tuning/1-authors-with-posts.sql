create table authors (
  id   bigint primary key,
  name text not null
);
create table posts (
  id         bigint primary key,
  author_id  bigint not null references authors,
  title      text not null,
  created_at timestamptz not null
);
create index posts_author on posts (author_id, created_at);

-- Written from the last to the first, so that no order comes by itself. Every tenth author wrote nothing; two posts in a
-- row share their instant.
insert into authors select 2001 - n, 'Author ' || 2001 - n from generate_series(1, 2000) n;
insert into posts
select n, 1 + n * 7 % 2000, 'Post ' || n, timestamptz '2026-01-01 00:00Z' + n * 7919 % 6000 / 2 * interval '1 minute'
from generate_series(6000, 1, -1) n
where (1 + n * 7 % 2000) % 10 <> 0;
insert into posts select 10000 + n, 5, 'Same time ' || n, '2026-06-01Z' from unnest(array[2, 4, 1, 3]) n;

-- Author 6's posts are a microsecond apart, the greater id the older one; 7's lie around the hour that Berlin has twice.
insert into posts select 10100 + n, 6, 'A microsecond ' || n, timestamptz '2026-06-01Z' + (10 - n) * interval '1 microsecond' from generate_series(0, 9) n;
insert into posts select 10200 + n, 7, 'In the night ' || n, timestamptz '2025-10-26 02:00Z' - n * interval '15 minutes' from generate_series(0, 9) n;
insert into authors values (5000000000, 'Beyond four bytes'), (-1, 'Below zero'), (9223372036854775807, 'The last one');
insert into posts values (6000000000, 5000000000, 'Beyond four bytes', '1969-12-31 23:59:59.5Z'), (-7, 5000000000, 'Below zero', '2099-01-01Z');
analyze;
