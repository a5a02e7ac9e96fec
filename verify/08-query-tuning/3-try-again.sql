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

-- What is written here fails at the commit, with the SQLSTATE that it names.
create table late_failures (
  state text not null
);
create function fail_late() returns trigger language plpgsql as $$
begin
  perform fail(new.state);
  return null;
end $$;
create constraint trigger late after insert on late_failures deferrable initially deferred for each row execute function fail_late();
