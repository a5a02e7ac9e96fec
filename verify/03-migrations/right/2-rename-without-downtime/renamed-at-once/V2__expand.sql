-- The column itself gets its new name now, and keeps all that it has: its rows, its place, its not null.
-- What is temporary is the old name: a second column that the old program writes and reads.
alter table app.customers rename column fullname to display_name;
alter table app.customers add column fullname text;
update app.customers set fullname = display_name;

create function app.customers_take_fullname() returns trigger
language plpgsql as $$
begin
  new.display_name := new.fullname;
  return new;
end
$$;

create function app.customers_take_display_name() returns trigger
language plpgsql as $$
begin
  new.fullname := new.display_name;
  return new;
end
$$;

-- "update of" asks which column the statement names, and a program names only its own.
create trigger customers_fullname_written
before update of fullname on app.customers
for each row execute function app.customers_take_fullname();

create trigger customers_display_name_written
before update of display_name on app.customers
for each row execute function app.customers_take_display_name();

-- On insert: who brings the name is the one that is not null.
create trigger customers_fullname_inserted
before insert on app.customers
for each row when (new.display_name is null)
execute function app.customers_take_fullname();

create trigger customers_display_name_inserted
before insert on app.customers
for each row when (new.display_name is not null)
execute function app.customers_take_display_name();
