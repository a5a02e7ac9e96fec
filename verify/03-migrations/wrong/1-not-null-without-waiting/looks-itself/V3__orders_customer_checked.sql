-- The old rows: new ones cannot be null any more, so one look is enough.
-- A plain select, which nobody has to wait for.
set local lock_timeout = '2s';

do $$
declare
  missing bigint;
begin
  select count(*) into missing from app.orders where customer_id is null;
  if missing > 0 then
    raise exception '% orders have no customer', missing
      using errcode = 'not_null_violation';
  end if;
end
$$;
