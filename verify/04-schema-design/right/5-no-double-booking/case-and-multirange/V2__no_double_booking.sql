alter table app.bookings
  -- A range that ends before it begins is an error by itself, 22000; an empty one is refused here, 23514.
  add constraint bookings_not_empty check (not isempty(tstzrange(starts_at, ends_at, '[)'))),
  -- NULL overlaps nothing: a cancelled booking is in nobody's way.
  add constraint bookings_no_overlap exclude using gist (
    room_id with =,
    (case when state = 'booked' then tstzmultirange(tstzrange(starts_at, ends_at, '[)')) end) with &&
  );
