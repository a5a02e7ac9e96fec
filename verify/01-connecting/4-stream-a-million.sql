create table events (
    id   bigint primary key,
    note text not null
);
-- Stored in no order, so that only `order by` gives one.
insert into events select id, rpad('event ' || id, 100, '.') from generate_series(1, 12000) as id order by reverse(id::text);
analyze events;
