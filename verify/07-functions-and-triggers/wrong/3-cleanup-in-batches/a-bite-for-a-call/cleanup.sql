-- Deletes the oldest thousand of the old events, and tells how many there were.
create function app.delete_old_events(p_before timestamptz)
  returns integer language plpgsql as $$
declare
  v_deleted integer;
begin
  delete from app.events
  where id in (select id from app.events
               where happened_at < p_before
               order by happened_at, id
               limit 1000 for update);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
