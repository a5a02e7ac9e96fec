create table events (
    id   bigint primary key,
    note text not null
);
-- Stored in no order, so that only `order by` gives one; with gaps, and with numbers that no int holds.
insert into events
select id, note
from (
    select id * 3, rpad('event ' || id, 100, '.') from generate_series(1, 5000) as id
    union all
    values (-9000000000, 'long ago'), (-1, 'before the first'), (0, ''), (1, ' blanks around '), (2, E'two\nlines\tand a tab'),
           (4, 'Ünïcödé, 日本'), (5, 'null'), (9000000000000, repeat('long ', 5000))
) as event (id, note)
order by reverse(id::text);
analyze events;
