create function app.delete_old_events(p_before timestamptz)
  returns void language plpgsql as $$
begin
  delete from app.events where happened_at < p_before;
end $$;
