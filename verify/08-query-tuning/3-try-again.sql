create table doctors (
  name    text primary key,
  on_call boolean not null
);
insert into doctors values ('Ann', true), ('Bob', true);
create table accounts (
  name    text primary key,
  balance bigint not null check (balance >= 0)
);
insert into accounts values ('a', 100), ('b', 100);

create function fail(state text) returns void language plpgsql as $$
begin
  raise exception 'failed on purpose, with %', state using errcode = state;
end $$;
