create function app.born() returns trigger language plpgsql as $$
begin
  new.created_at := now();
  new.updated_at := now();
  return new;
end $$;

create trigger articles_born before insert on app.articles
  for each row execute function app.born();
create trigger authors_born before insert on app.authors
  for each row execute function app.born();

-- Whatever was sent, the table decides.
create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.created_at := old.created_at;
  new.updated_at := now();
  return new;
end $$;

-- All columns count, those too that somebody adds later; only the counter does not.
create or replace trigger articles_touch before update on app.articles
  for each row when (to_jsonb(old) - 'views' is distinct from to_jsonb(new) - 'views')
  execute function app.touch();
create or replace trigger authors_touch before update on app.authors
  for each row when (to_jsonb(old) is distinct from to_jsonb(new))
  execute function app.touch();
