create schema app;
grant usage on schema app to course_app;
create table app.messages (
  id      bigint generated always as identity (start with 3000000000) primary key,
  body    text not null,
  read_at timestamptz
);
create index messages_unread on app.messages (id) where read_at is null;

create function app.messages_ring() returns trigger language plpgsql as $$
begin
  perform pg_notify('messages', '');
  return null;
end $$;
create trigger messages_ring after insert on app.messages
  for each statement execute function app.messages_ring();
