create procedure app.delete_old_events(p_before timestamptz)
  language plpgsql as $$
declare
  v_bite bigint[];
  v_deleted bigint;
  v_open bigint := 0;
begin
  commit;
  set transaction isolation level read committed;
  loop
    v_bite := array(
      select e.id from app.events e
      where e.happened_at < p_before
      order by e.happened_at
      limit 1000);
    exit when cardinality(v_bite) = 0;
    delete from app.events where id = any(v_bite) and happened_at < p_before;
    get diagnostics v_deleted = row_count;
    v_open := v_open + v_deleted;
    if v_open >= 1000 then
      commit and chain;
      v_open := 0;
    end if;
  end loop;
end $$;
