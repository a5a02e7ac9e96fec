-- Three attempts of 0.6 seconds: whoever comes behind us in the queue of the lock gets his turn in between.
set local lock_timeout = '600ms';
do $$
begin
  for attempt in 1..3 loop
    begin
      lock table app.views in access exclusive mode;
      exit;
    exception when lock_not_available then
      if attempt = 3 then
        raise;
      end if;
    end;
  end loop;
end $$;

alter table app.views
  drop constraint views_pkey,
  add primary key (page_id, day) include (seen);
