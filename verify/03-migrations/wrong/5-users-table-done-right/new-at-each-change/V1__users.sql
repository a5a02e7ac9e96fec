create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint generated always as identity primary key,
  email         text not null,
  password_hash text not null,
  created_at    timestamptz not null default now()
);
create unique index users_email on app.users (lower(email));
create function app.now_is_when() returns trigger language plpgsql as $$
begin
  new.created_at := now();
  return new;
end $$;
create trigger users_created before insert or update on app.users for each row execute function app.now_is_when();
