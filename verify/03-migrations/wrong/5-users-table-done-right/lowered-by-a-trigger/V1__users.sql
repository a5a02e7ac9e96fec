create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint generated always as identity primary key,
  email         text not null unique,
  password_hash text not null,
  created_at    timestamptz not null default now()
);
create function app.lower_email() returns trigger language plpgsql as $$
begin
  new.email := lower(new.email);
  return new;
end $$;
create trigger users_email before insert or update on app.users for each row execute function app.lower_email();
