alter table app.bookings add column during tstzrange;
update app.bookings set during = tstzrange(starts_at, ends_at);
alter table app.bookings
  alter column during set not null,
  add constraint bookings_during check (during = tstzrange(starts_at, ends_at) and not isempty(during)),
  add constraint bookings_one_at_a_time exclude using gist (room_id with =, during with &&) where (state <> 'cancelled');
