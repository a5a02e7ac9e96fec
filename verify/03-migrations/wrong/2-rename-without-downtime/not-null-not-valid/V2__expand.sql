set local lock_timeout = '2s';
alter table app.customers add column display_name text;

create function app.customers_names() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    -- Whichever program inserts, one of the two is null.
    new.display_name := coalesce(new.display_name, new.fullname);
    new.fullname     := coalesce(new.fullname, new.display_name);
  elsif new.display_name is distinct from old.display_name then
    new.fullname := new.display_name;
  else
    new.display_name := new.fullname;
  end if;
  return new;
end $$;

-- The trigger comes before the old rows are copied, or rows written in between would be missed.
create trigger customers_names before insert or update on app.customers
  for each row execute function app.customers_names();

-- One statement is fine for a small table. A big one is filled in batches, outside of this file.
update app.customers set display_name = fullname where display_name is null;
