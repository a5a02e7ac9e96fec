-- To be called with autocommit, outside of a transaction: it commits after every 1000 rows.
create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
declare
  v_ids bigint[];
begin
  loop
    -- Whoever has been deleted or corrected meanwhile is left out by "for update", and the next one is taken.
    select array_agg(bite.id) into v_ids
    from (select id from app.events where happened_at < p_before
          order by happened_at limit 1000 for update) bite;
    exit when v_ids is null;
    delete from app.events where id = any (v_ids);
    commit;
  end loop;
end $$;
