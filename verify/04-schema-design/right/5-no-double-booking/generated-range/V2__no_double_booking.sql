alter table app.bookings
  add column during tstzrange generated always as
    (case when state = 'cancelled' then null else tstzrange(starts_at, ends_at) end) stored,
  add check (starts_at < ends_at);
alter table app.bookings add exclude using gist (room_id with =, during with &&);
