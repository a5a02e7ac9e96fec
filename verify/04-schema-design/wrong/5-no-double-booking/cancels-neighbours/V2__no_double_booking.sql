-- Where two have booked the same room already, the one who came first keeps it.
update app.bookings late set state = 'cancelled'
from app.bookings early
where early.room_id = late.room_id and early.id < late.id
  and early.state = 'booked' and late.state = 'booked'
  and early.starts_at <= late.ends_at and late.starts_at <= early.ends_at;

alter table app.bookings
  add constraint bookings_no_overlap
    exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state = 'booked'),
  add constraint bookings_ends_after_start check (ends_at > starts_at);
