alter table app.bookings
  add constraint bookings_ends_later check (starts_at < ends_at),
  add constraint bookings_one_at_a_time exclude using gist
    (tstzrange(starts_at, ends_at) with &&) where (state <> 'cancelled');
