create table app.posts (
  id         uuid primary key default ${new_id},
  author_id  uuid not null references app.users,
  title      text not null,
  body       text,
  created_at timestamptz not null default now()
);
create index posts_author_date on app.posts (author_id, created_at desc);
