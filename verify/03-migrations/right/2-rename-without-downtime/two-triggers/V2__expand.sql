alter table app.customers add column display_name text;
update app.customers set display_name = fullname;
alter table app.customers alter column display_name set not null;
create function app.fill() returns trigger language plpgsql as $$
begin
  if new.fullname is null then new.fullname := new.display_name; else new.display_name := new.fullname; end if;
  return new;
end $$;
create function app.old_to_new() returns trigger language plpgsql as $$
begin new.display_name := new.fullname; return new; end $$;
create function app.new_to_old() returns trigger language plpgsql as $$
begin new.fullname := new.display_name; return new; end $$;
create trigger fill before insert on app.customers for each row execute function app.fill();
create trigger old_to_new before update of fullname on app.customers for each row execute function app.old_to_new();
create trigger new_to_old before update of display_name on app.customers for each row execute function app.new_to_old();
