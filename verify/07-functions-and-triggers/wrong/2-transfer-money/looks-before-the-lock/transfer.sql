create or replace function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_balance numeric;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'no amount: %', p_amount using errcode = 'BK003';
  end if;
  if not exists (select from app.accounts where id = p_from)
     or not exists (select from app.accounts where id = p_to) then
    raise exception 'no such account: % or %', p_from, p_to using errcode = 'BK002';
  end if;

  -- both accounts, in an order that does not depend on who pays whom
  perform 1 from app.accounts where id in (p_from, p_to) order by id for update;

  select balance into v_balance from app.accounts where id = p_from;
  if v_balance < p_amount then
    raise exception 'not enough money on %', p_from using errcode = 'BK001';
  end if;

  if p_from <> p_to then
    update app.accounts set balance = balance - p_amount where id = p_from;
    update app.accounts set balance = balance + p_amount where id = p_to;
  end if;
end $$;
