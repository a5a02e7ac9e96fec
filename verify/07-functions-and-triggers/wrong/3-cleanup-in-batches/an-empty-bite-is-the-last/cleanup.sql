create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
declare
  v_deleted bigint;
begin
  loop
    delete from app.events
    where id in (select id from app.events where happened_at < p_before order by happened_at, id limit 1000);
    get diagnostics v_deleted = row_count;
    commit;
    exit when v_deleted = 0;
  end loop;
end $$;
