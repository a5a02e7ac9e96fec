create procedure app.delete_old_events(p_before timestamptz)
  language plpgsql as $$
begin
  loop
    delete from app.events
    where id in (
      select id from app.events
      where happened_at < p_before
      order by happened_at, id
      limit 1000 for update);
    commit;
    -- Not the number of rows decides: others may have deleted a whole bite.
    exit when not exists (select from app.events where happened_at < p_before);
  end loop;
end $$;
