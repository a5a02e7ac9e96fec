set local lock_timeout = '1500ms';
-- The second time it may be free.
do $$
begin
  for attempt in 1..3 loop
    begin
      lock table app.views in access exclusive mode;
      exit;
    exception when lock_not_available then
      if attempt = 3 then raise; end if;
    end;
  end loop;
end $$;
alter table app.views drop constraint views_pkey;
alter table app.views add constraint views_pkey primary key (page_id, day) include (seen);
