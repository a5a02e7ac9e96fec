-- A procedure, because a function cannot commit. Neither could a procedure with `security definer` or `set …`.
create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
begin
  -- Not until a bite is short or empty: others may have deleted its rows, and there are more.
  while exists (select from app.events where happened_at < p_before) loop
    -- `for update` waits for whoever has a row, and asks again whether it is old: its time may have been corrected.
    delete from app.events where id in (
      select id from app.events where happened_at < p_before order by happened_at limit 1000 for update);
    commit;
  end loop;
end $$;
