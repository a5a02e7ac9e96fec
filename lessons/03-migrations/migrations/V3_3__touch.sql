create function app.touch() returns trigger language plpgsql as $$
begin
  new.created_at := old.created_at;
  new.updated_at := now();
  return new;
end $$;

create trigger users_touch before update on app.users
  for each row when (old.* is distinct from new.*) execute function app.touch();
