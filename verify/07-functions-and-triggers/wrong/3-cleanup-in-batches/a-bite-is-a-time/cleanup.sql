-- A procedure, because a function cannot commit.
create procedure app.delete_old_events(p_before timestamptz)
  language plpgsql as $$
declare
  v_last timestamptz;
begin
  loop
    -- The thousandth of the old events is the end of this bite: the delete
    -- is then one range of happened_at, without a list of a thousand ids.
    select happened_at into v_last
    from app.events
    where happened_at < p_before
    order by happened_at
    offset 999 limit 1;
    exit when not found;

    delete from app.events where happened_at <= v_last;
    commit;
  end loop;

  -- The rest, which is less than a bite.
  delete from app.events where happened_at < p_before;
  commit;
end $$;
