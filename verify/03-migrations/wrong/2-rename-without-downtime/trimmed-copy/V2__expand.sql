-- Both names side by side, as long as both programs are alive.
alter table app.customers add column display_name text;

-- Who is there already. (Some were typed with a blank before or behind; now is the moment.)
update app.customers set display_name = btrim(fullname);

create function app.customers_both_names() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.fullname     := coalesce(new.fullname, new.display_name);
    new.display_name := coalesce(new.display_name, new.fullname);
  elsif new.display_name is distinct from old.display_name then
    new.fullname := new.display_name;
  elsif new.fullname is distinct from old.fullname then
    new.display_name := new.fullname;
  end if;
  return new;
end
$$;

create trigger customers_both_names
before insert or update on app.customers
for each row execute function app.customers_both_names();
