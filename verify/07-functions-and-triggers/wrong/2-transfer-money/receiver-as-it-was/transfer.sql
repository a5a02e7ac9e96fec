create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_balance numeric;
  v_to numeric;
begin
  -- Null is not above zero either. And half a cent would be rounded up on both sides: one cent more in the world.
  if (p_amount > 0 and p_amount = round(p_amount, 2)) is not true then
    raise exception 'an amount of % cannot be transferred', p_amount using errcode = 'BK003';
  end if;

  -- Both rows, the lower number first, whoever pays: two transfers in opposite directions then queue
  -- for the same row instead of holding one each.
  select balance into v_to from app.accounts where id = p_to;
  perform from app.accounts where id = least(p_from, p_to) for update;
  perform from app.accounts where id = greatest(p_from, p_to) for update;

  select balance into v_balance from app.accounts where id = p_from;
  if not found or not exists (select from app.accounts where id = p_to) then
    raise exception 'there is no account % or no account %', p_from, p_to using errcode = 'BK002';
  end if;
  if v_balance < p_amount then
    raise exception 'account % has not enough money', p_from using errcode = 'BK001';
  end if;
  update app.accounts set balance = balance - p_amount where id = p_from and p_from <> p_to;
  if p_from <> p_to then
    update app.accounts set balance = v_to + p_amount where id = p_to;
  end if;
end $$;
