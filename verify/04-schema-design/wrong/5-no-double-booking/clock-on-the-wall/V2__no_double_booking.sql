alter table app.bookings
  add constraint bookings_ends_later check (starts_at < ends_at),
  add constraint bookings_one_at_a_time exclude using gist
    (room_id with =, tsrange(starts_at at time zone 'Europe/Berlin',
      greatest(starts_at at time zone 'Europe/Berlin', ends_at at time zone 'Europe/Berlin')) with &&) where (state <> 'cancelled');
