create function app.refuse_dates() returns trigger
  language plpgsql as $$
begin
  raise exception 'created_at and updated_at of % are not yours to write', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

-- Triggers of one event go by their names: "dates" sees what the program sent, before "touch" changes it.
create trigger articles_dates_insert before insert on app.articles
  for each row when ((new.created_at, new.updated_at) is distinct from (now(), now()))
  execute function app.refuse_dates();
create trigger articles_dates_update before update on app.articles
  for each row when ((new.created_at, new.updated_at) is distinct from (old.created_at, old.updated_at))
  execute function app.refuse_dates();
create trigger authors_dates_insert before insert on app.authors
  for each row when ((new.created_at, new.updated_at) is distinct from (now(), now()))
  execute function app.refuse_dates();
create trigger authors_dates_update before update on app.authors
  for each row when ((new.created_at, new.updated_at) is distinct from (old.created_at, old.updated_at))
  execute function app.refuse_dates();

create or replace trigger articles_touch before update on app.articles
  for each row when (old.title is distinct from new.title or old.body is distinct from new.body)
  execute function app.touch();
create or replace trigger authors_touch before update on app.authors
  for each row when (old.name is distinct from new.name)
  execute function app.touch();
