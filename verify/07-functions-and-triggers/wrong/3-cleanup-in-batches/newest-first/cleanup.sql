-- A procedure, because a function cannot commit. Neither could a procedure with `security definer` or `set …`.
create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
declare
  v_deleted bigint;
begin
  loop
    delete from app.events where id in (
      select id from app.events where happened_at < p_before order by happened_at desc limit 1000 for update);
    get diagnostics v_deleted = row_count;
    exit when v_deleted = 0;
    commit;
  end loop;
end $$;
