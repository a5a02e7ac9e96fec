create procedure app.delete_old_events(p_before timestamptz)
  language plpgsql as $$
declare
  v_ids bigint[];
begin
  loop
    commit;
    set transaction isolation level read committed;
    v_ids := array(select id from app.events where happened_at < p_before
                   order by happened_at, id limit 1000);
    exit when cardinality(v_ids) = 0;
    delete from app.events where id = any (v_ids);
  end loop;
end $$;
