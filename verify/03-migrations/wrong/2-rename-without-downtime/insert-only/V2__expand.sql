alter table app.customers add column display_name text;
create function app.customers_names() returns trigger language plpgsql as $$
begin
  new.display_name := coalesce(new.display_name, new.fullname);
  new.fullname := coalesce(new.fullname, new.display_name);
  return new;
end $$;
create trigger customers_names before insert on app.customers
  for each row execute function app.customers_names();
update app.customers set display_name = fullname;
