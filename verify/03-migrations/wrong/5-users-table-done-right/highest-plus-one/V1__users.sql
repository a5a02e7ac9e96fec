create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint primary key,
  email         text not null,
  password_hash text not null,
  created_at    timestamptz not null default now()
);
create unique index users_email on app.users (lower(email));
create function app.next_id() returns trigger language plpgsql as $$
begin
  new.id := coalesce((select max(id) from app.users), 0) + 1;
  return new;
end $$;
create trigger users_id before insert on app.users for each row execute function app.next_id();
