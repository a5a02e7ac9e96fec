alter table app.bookings add unique (room_id, starts_at);
