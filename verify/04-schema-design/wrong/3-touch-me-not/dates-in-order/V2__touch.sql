create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;

create function app.keep_dates() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.updated_at := now();
  else
    new.created_at := old.created_at;
    new.updated_at := old.updated_at;
  end if;
  return new;
end $$;

-- Triggers of one kind run in the order of their names: *_dates comes before *_touch.
create trigger articles_dates before insert or update on app.articles
  for each row execute function app.keep_dates();
create trigger authors_dates before insert or update on app.authors
  for each row execute function app.keep_dates();

create or replace trigger articles_touch before update on app.articles
  for each row when ((old.title, old.body) is distinct from (new.title, new.body))
  execute function app.touch();
create or replace trigger authors_touch before update on app.authors
  for each row when (old.name is distinct from new.name)
  execute function app.touch();

-- No more dates of 1999. Those that are there stay as they are: not valid.
alter table app.articles add constraint articles_dates_in_order check (updated_at >= created_at) not valid;
alter table app.authors add constraint authors_dates_in_order check (updated_at >= created_at) not valid;
