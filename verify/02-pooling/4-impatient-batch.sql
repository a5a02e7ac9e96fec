create table products (
    id    int primary key,
    price numeric(10, 2) not null
);
insert into products select id, 100 from generate_series(1, 6) id;

-- How long the supplier's rules take for one product. A verifier turns this.
create table pace (seconds float8 not null);
insert into pace values (0);

create function new_price(old numeric) returns numeric language plpgsql volatile as $$
begin
    perform pg_sleep(seconds) from pace;
    return round(old * 1.1, 2);
end $$;
