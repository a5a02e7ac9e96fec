create schema app;
grant usage on schema app to course_app;

create table app.users (
  id            bigint       generated always as identity primary key,
  email         varchar(255) not null,
  password_hash varchar(255) not null,
  created_at    timestamptz  not null default now()
);

-- The one index for the address; the trigger below looks through it.
create index users_email_index on app.users (lower(email));

-- An address belongs to one user, however it is typed, and the message says so in plain words.
create function app.users_email_is_free() returns trigger
language plpgsql as $$
begin
  if exists (select from app.users u
             where lower(u.email) = lower(new.email)
               and u.id <> new.id) then
    raise exception 'the e-mail address % belongs to another user', new.email
      using errcode = 'unique_violation', constraint = 'users_email_index';
  end if;
  return new;
end
$$;

create trigger users_email_is_free
before insert or update on app.users
for each row execute function app.users_email_is_free();
