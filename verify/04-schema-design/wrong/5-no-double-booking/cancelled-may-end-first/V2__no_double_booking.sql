-- A cancelled booking is in nobody's way, whatever its times are.
alter table app.bookings
  add constraint bookings_no_overlap
    exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state = 'booked'),
  add constraint bookings_ends_after_start check (state = 'cancelled' or ends_at > starts_at);
