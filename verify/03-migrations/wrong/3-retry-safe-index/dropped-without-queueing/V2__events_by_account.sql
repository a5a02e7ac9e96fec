-- The remains of the first attempt go. Nobody queues behind this lock: it is taken where it is free, or not at all.
do $$
begin
  lock table app.events in access exclusive mode nowait;
  drop index if exists app.events_by_account;
end
$$;

create index concurrently events_by_account on app.events (account_id);
