-- Short attempts, with a pause after each: no queue builds up behind an open report.
do $$
begin
  perform set_config('lock_timeout', '50ms', true);
  loop
    begin
      create table app.visits_2026_q1 partition of app.visits
        for values from ('2026-01-01') to ('2026-04-01');
      exit;
    exception when lock_not_available then
      perform pg_sleep(0.5);
    end;
  end loop;
end
$$;

alter table app.visits detach partition app.visits_2025_q1 concurrently;

drop table app.visits_2025_q1;
