create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
declare
  v_at    timestamptz := '-infinity';
  v_id    bigint := -9223372036854775808;
  v_ids   bigint[];
  v_times timestamptz[];
begin
  loop
    -- goes on behind the last bite, so that it does not read its dead rows again
    select array_agg(id order by happened_at, id), array_agg(happened_at order by happened_at, id)
    into v_ids, v_times
    from (select id, happened_at from app.events
          where (happened_at, id) > (v_at, v_id) and happened_at < p_before
          order by happened_at, id
          limit 1000) as bite;
    exit when v_ids is null;
    v_id := v_ids[cardinality(v_ids)];
    v_at := v_times[cardinality(v_times)];
    delete from app.events where id = any (v_ids) and happened_at < p_before;
    commit;
  end loop;
end $$;
