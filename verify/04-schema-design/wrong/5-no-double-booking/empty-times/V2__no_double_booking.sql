alter table app.bookings
  add constraint bookings_one_at_a_time exclude using gist
    (room_id with =, tstzrange(starts_at, ends_at) with &&) where (state <> 'cancelled');
