create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_from numeric;
begin
  if p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'the amount % is not above zero', p_amount using errcode = 'BK003';
  end if;

  -- Both accounts, the lower id first, whoever pays.
  perform from app.accounts where id in (p_from, p_to) order by id for update;

  select balance into v_from from app.accounts where id = p_from;
  if not found then
    raise exception 'there is no account %', p_from using errcode = 'BK002';
  end if;
  perform from app.accounts where id = p_to;
  if not found then
    raise exception 'there is no account %', p_to using errcode = 'BK002';
  end if;
  if v_from < p_amount then
    raise exception 'account % has only %', p_from, v_from using errcode = 'BK001';
  end if;
  if p_from = p_to then
    return;
  end if;

  update app.accounts set balance = balance - p_amount where id = p_from;
  update app.accounts set balance = balance + p_amount where id = p_to;
end $$;
