create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
declare
  v_bite   constant int := 1000;
  v_deleted int := v_bite;
begin
  while v_deleted = v_bite loop
    with bite as (
      select id from app.events where happened_at < p_before order by happened_at limit v_bite
    )
    delete from app.events e using bite where e.id = bite.id;
    get diagnostics v_deleted = row_count;
    commit;
  end loop;
end $$;
