drop routine if exists app.delete_old_events(timestamptz);

create procedure app.delete_old_events(p_before timestamptz)
  language plpgsql as $$
declare
  v_ids bigint[];
  v_left int := 1000;
  v_gone int;
begin
  commit;
  set transaction isolation level read committed;
  loop
    v_ids := array(
      select id from app.events where happened_at < p_before
      order by happened_at, id limit v_left);
    exit when cardinality(v_ids) = 0;

    -- others may have deleted some of them, or corrected when they happened
    delete from app.events where id = any (v_ids) and happened_at < p_before;
    get diagnostics v_gone = row_count;
    v_left := v_left - v_gone;

    if v_left = 0 then
      commit;
      set transaction isolation level read committed;
      v_left := 1000;
    end if;
  end loop;
end $$;
