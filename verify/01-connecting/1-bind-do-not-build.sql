create table customers (
    id     bigint primary key,
    name   text not null,
    city   text not null,
    joined date not null,
    secret text not null
);
-- Stored in no order, so that only `order by` gives one.
insert into customers values
    (7, 'Ann Archer',         'Oslo', '2025-07-01', 'g'),
    (2, 'Ann Archer',         'Rome', '2022-05-01', 'b'),
    (3, 'Bob O''Brien',       'Rome', '2023-01-01', 'a'),
    (8, 'Zoe Archer',         'Bern', '1969-12-31', 'h'),
    (6, 'Fay Back\Slash',     'Bern', '2020-02-02', 'e'),
    (5, 'Dora_Dean Archer',   'Oslo', '2025-07-01', 'd'),
    (1, 'Eve Archer',         'Bern', '2024-03-01', 'c'),
    (4, 'Cem 100% Kaya',      'Lima', '2021-09-01', 'f'),
    (9, 'Jörg MÜLLER',        'Köln', '2019-03-03', 'i'),
    (10, 'Зоя Жукова',        'Rome', '2019-04-04', 'j'),
    (11, 'Ida Weiß',          'Lima', '2018-04-04', 'k'),
    (12, 'ΝΙΚΟΣ ΠΑΠΠΑΣ',      'Rome', '2017-04-04', 'l');
