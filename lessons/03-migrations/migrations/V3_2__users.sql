create table app.users (
  id            uuid primary key default ${new_id},
  email         text not null check (email = btrim(email)),
  password_hash text not null,
  role          text not null default 'user' references app.roles,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  deleted_at    timestamptz
);
create unique index users_email_live
  on app.users (lower(email)) where deleted_at is null;
