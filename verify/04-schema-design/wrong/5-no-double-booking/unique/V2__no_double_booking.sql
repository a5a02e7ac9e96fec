alter table app.bookings add check (starts_at < ends_at);
create unique index on app.bookings (room_id, starts_at) where state <> 'cancelled';
