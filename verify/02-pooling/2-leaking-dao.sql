create table orders (
    id       bigint generated always as identity primary key,
    customer text not null,
    item     text not null
);
insert into orders (customer, item)
values ('ada', 'punched cards'), ('ada', 'a difference engine'), ('grace', 'a moth'), ('ada', 'coffee');
-- An updated row moves behind the others, so that only `order by` puts it first.
update orders set item = item where id = 1;
