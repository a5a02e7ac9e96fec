alter table app.bookings add check (starts_at < ends_at);
create function app.room_is_free() returns trigger language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'book in read committed' using errcode = 'serialization_failure';
  end if;
  perform pg_advisory_xact_lock(new.room_id);
  if new.state <> 'cancelled' and exists (
      select from app.bookings b
      where b.room_id = new.room_id and b.id <> new.id and b.state <> 'cancelled'
        and b.starts_at < new.ends_at and new.starts_at < b.ends_at) then
    raise exception 'the room is taken' using errcode = 'exclusion_violation';
  end if;
  return new;
end $$;
create trigger bookings_free before insert on app.bookings
  for each row execute function app.room_is_free();
