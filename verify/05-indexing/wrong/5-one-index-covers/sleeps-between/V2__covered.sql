-- Nobody queues behind an attempt that does not wait.
do $$
begin
  for attempt in 1..5 loop
    begin
      lock table app.views in access exclusive mode nowait;
      exit;
    exception when lock_not_available then
      if attempt = 5 then raise; end if;
      perform pg_sleep(1);
    end;
  end loop;
end $$;
alter table app.views drop constraint views_pkey;
alter table app.views add constraint views_pkey primary key (page_id, day) include (seen);
