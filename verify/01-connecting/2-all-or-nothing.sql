create table accounts (
    name    text primary key,
    balance bigint not null check (balance >= 0)
);
insert into accounts values ('ann', 100), ('bob', 100);
