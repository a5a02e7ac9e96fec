create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_balance numeric;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> trunc(p_amount, 2) then
    raise exception 'not an amount: %', p_amount using errcode = 'BK003';
  end if;

  -- Both accounts, the lower id first, whoever pays.
  perform 1 from app.accounts where id in (p_from, p_to) order by id for update;

  perform 1 from app.accounts where id = p_to;
  if not found then
    raise exception 'no account %', p_to using errcode = 'BK002';
  end if;
  select balance into v_balance from app.accounts where id = p_from;
  if not found then
    raise exception 'no account %', p_from using errcode = 'BK002';
  end if;
  if v_balance < p_amount then
    raise exception 'not enough money' using errcode = 'BK001';
  end if;

  update app.accounts set balance = balance + p_amount where id = p_to;
  update app.accounts set balance = balance - p_amount where id = p_from;
end $$;
