create table events (
    id   bigint primary key,
    note text not null
);
insert into events select id, rpad('event ' || id, 100, '.') from generate_series(1, 12000) as id;
analyze events;
