alter table app.customers add column display_name text;
alter table app.customers alter column fullname drop not null;
create function app.customers_names() returns trigger language plpgsql as $$
begin
  new.display_name := coalesce(new.fullname, new.display_name);
  return new;
end $$;
create trigger customers_names before insert or update on app.customers
  for each row execute function app.customers_names();
update app.customers set display_name = fullname;
