-- A procedure, because a function cannot commit.
create procedure app.delete_old_events(p_before timestamptz)
  language plpgsql as $$
declare
  v_bite constant integer := 1000;
  v_deleted integer;
begin
  loop
    -- One statement, one snapshot: up to the thousandth old event, or all if there are fewer.
    with border as materialized (
      select happened_at, id
      from app.events
      where happened_at < p_before
      order by happened_at, id
      offset v_bite - 1 limit 1
    )
    delete from app.events
    where happened_at < p_before
      and (not exists (select from border)
           or (happened_at, id) <= (select happened_at, id from border));
    get diagnostics v_deleted = row_count;
    commit;
    -- A bite is not full at the end, or when somebody else deletes as well.
    exit when v_deleted < v_bite
      and not exists (select from app.events where happened_at < p_before);
  end loop;
end $$;
