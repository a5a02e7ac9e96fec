drop trigger articles_touch on app.articles;
drop trigger authors_touch on app.authors;
drop function app.touch();

-- Works on any table with the two dates; the arguments are the columns that do not count.
create function app.dates() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.created_at := statement_timestamp();
    new.updated_at := statement_timestamp();
    return new;
  end if;
  new.created_at := old.created_at;
  new.updated_at := old.updated_at;
  if to_jsonb(new) - coalesce(tg_argv, array[]::text[]) is distinct from to_jsonb(old) - coalesce(tg_argv, array[]::text[]) then
    new.updated_at := now();
  end if;
  return new;
end $$;
create trigger articles_dates before insert or update on app.articles
  for each row execute function app.dates('views');
create trigger authors_dates before insert or update on app.authors
  for each row execute function app.dates();
