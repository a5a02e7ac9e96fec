create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint generated always as identity primary key,
  email         text not null,
  password_hash text,
  created_at    timestamptz not null default now()
);
create unique index users_email on app.users (lower(email));
create function app.hash_is_known() returns trigger language plpgsql as $$
begin
  if new.password_hash is null then
    raise exception 'a user has a password' using errcode = 'not_null_violation';
  end if;
  return new;
end $$;
create trigger users_hash before insert or update on app.users for each row execute function app.hash_is_known();
