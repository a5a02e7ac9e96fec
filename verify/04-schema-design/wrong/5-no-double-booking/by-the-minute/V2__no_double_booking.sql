alter table app.bookings
  add constraint bookings_ends_later check (starts_at < ends_at),
  add constraint bookings_one_at_a_time exclude using gist
    (room_id with =, tstzrange(date_bin('1 minute', starts_at, timestamptz '2000-01-01 00:00Z'),
      date_bin('1 minute', ends_at, timestamptz '2000-01-01 00:00Z')) with &&) where (state <> 'cancelled');
