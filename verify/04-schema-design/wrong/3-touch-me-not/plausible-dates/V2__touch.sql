create or replace trigger articles_touch before update on app.articles
  for each row when ((old.title, old.body) is distinct from (new.title, new.body))
  execute function app.touch();

create or replace trigger authors_touch before update on app.authors
  for each row when (old.name is distinct from new.name)
  execute function app.touch();

create function app.plausible() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.created_at <> old.created_at
      or new.created_at not between now() - interval '1 day' and now() and tg_op = 'INSERT'
      or new.updated_at not in (now()) and tg_op = 'UPDATE' and new.updated_at <> old.updated_at
      or new.updated_at not between now() - interval '1 day' and now() and tg_op = 'INSERT' then
    raise exception 'the dates are not plausible' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger articles_a_plausible before insert or update on app.articles for each row execute function app.plausible();
create trigger authors_a_plausible before insert or update on app.authors for each row execute function app.plausible();
