create table app.profiles (
  user_id      uuid primary key references app.users on delete cascade,
  display_name text not null check (display_name = btrim(display_name) and display_name <> '')
);
