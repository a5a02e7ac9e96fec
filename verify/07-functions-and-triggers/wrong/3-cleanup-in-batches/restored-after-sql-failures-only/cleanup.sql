create procedure app.delete_old_events(p_before timestamptz) language plpgsql as $$
begin
  while exists (select from app.events where happened_at < p_before) loop
    delete from app.events
    where id in (select id from app.events
                 where happened_at < p_before
                 order by happened_at, id
                 limit 1000 for update);
    commit;
  end loop;
end $$;
