-- The loop is in Java: a function of one bite, and autocommit ends each transaction.
create function app.delete_old_events(p_before timestamptz) returns bigint language sql as $$
  with gone as (
    delete from app.events where ctid = any (array(
      select ctid from app.events where happened_at < p_before order by happened_at limit 1000 for update))
    returning 1
  )
  select count(*) from gone
$$;
