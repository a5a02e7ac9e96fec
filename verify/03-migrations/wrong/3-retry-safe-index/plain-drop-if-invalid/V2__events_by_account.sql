-- What an interrupted attempt has left behind is of no use: away with it.
-- Nobody reads an invalid index, so there is nothing to wait for.
do $$
begin
  if exists (select from pg_index
             where indexrelid = to_regclass('app.events_by_account')
               and not indisvalid) then
    drop index app.events_by_account;
  end if;
end
$$;

create index concurrently if not exists events_by_account on app.events (account_id);
