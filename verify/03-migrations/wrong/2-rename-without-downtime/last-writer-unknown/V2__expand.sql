set local lock_timeout = '2s';
alter table app.customers add column display_name text;

create function app.customers_names() returns trigger language plpgsql as $$
begin
  -- A change of the old name counts, and so does a new name where there was none.
  if tg_op = 'INSERT' then
    new.display_name := coalesce(new.display_name, new.fullname);
    new.fullname     := coalesce(new.fullname, new.display_name);
  elsif new.fullname is distinct from old.fullname then
    new.display_name := new.fullname;
  end if;
  return new;
end $$;

create trigger customers_names before insert or update on app.customers
  for each row execute function app.customers_names();
update app.customers set display_name = fullname where display_name is null;
