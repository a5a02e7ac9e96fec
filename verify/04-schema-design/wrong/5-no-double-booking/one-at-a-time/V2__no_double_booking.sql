alter table app.bookings
  -- A range whose ends are equal is empty and overlaps nothing: it could be booked any number of times.
  add constraint bookings_ends_later check (starts_at < ends_at),

  -- The range is [starts_at, ends_at), so the next one may begin when this one ends. Like unique, the constraint waits
  -- for those who have not committed yet. For room_id = the index needs btree_gist.
  add constraint bookings_one_at_a_time exclude using gist
    (room_id with =, tstzrange(starts_at, ends_at) with &&) where (state <> 'cancelled');

create function app.one_at_a_time() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4712, new.room_id);
  for attempt in 1 .. 100 loop
    if pg_try_advisory_xact_lock(4711, 0) then
      return new;
    end if;
    perform pg_sleep(0.005);
  end loop;
  raise exception 'somebody is about to book' using errcode = 'exclusion_violation';
end $$;
create trigger bookings_one_at_a_time before insert or update on app.bookings
  for each row execute function app.one_at_a_time();
