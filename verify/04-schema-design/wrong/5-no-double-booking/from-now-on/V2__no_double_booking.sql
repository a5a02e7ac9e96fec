alter table app.bookings
  add constraint bookings_ends_later check (starts_at < ends_at),
  add constraint bookings_one_at_a_time exclude using gist
    (room_id with =, tstzrange(starts_at, ends_at) with &&) where (id > 202 and state <> 'cancelled');
