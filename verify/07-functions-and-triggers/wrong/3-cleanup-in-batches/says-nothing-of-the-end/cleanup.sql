-- To be called with autocommit, outside of a transaction: it commits after every 1000 rows.
create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
declare
  v_deleted int;
  v_bite    int := 0;
begin
  loop
    -- Somebody may have deleted some of them, or corrected their time, while we waited: so the time is asked for twice,
    -- and the bite is filled up.
    with bite as materialized (
      select id from app.events where happened_at < p_before order by happened_at limit 1000 - v_bite
    )
    delete from app.events e using bite
    where e.id = bite.id and e.happened_at < p_before;
    get diagnostics v_deleted = row_count;
    v_bite := v_bite + v_deleted;

    if v_bite >= 1000 then
      commit;
      v_bite := 0;
    else
      exit when not exists (select 1 from app.events where happened_at < p_before);
    end if;
  end loop;
  commit;
end $$;
