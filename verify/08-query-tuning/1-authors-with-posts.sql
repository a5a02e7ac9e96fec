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
analyze;
