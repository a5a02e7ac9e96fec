alter table app.bookings
  add constraint bookings_end_later check (ends_at > starts_at),
  add constraint bookings_no_overlap
    exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state <> 'cancelled');

-- Nobody stands and waits for the other one's transaction where the slot is the same.
create function app.bookings_fail_fast() returns trigger language plpgsql as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(new.room_id || ' ' || extract(epoch from new.starts_at), 0)) then
    raise exception 'room % is being booked for this time', new.room_id using errcode = 'exclusion_violation';
  end if;
  return new;
end
$$;
create trigger bookings_fail_fast before insert or update on app.bookings
  for each row when (new.state <> 'cancelled') execute function app.bookings_fail_fast();
