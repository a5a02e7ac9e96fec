create table orders (
    id       bigint generated always as identity primary key,
    customer text not null,
    item     text not null
);
insert into orders (customer, item)
values ('ada', 'punched cards'), ('ada', 'a difference engine'), ('grace', 'a moth'), ('ada', 'coffee');
