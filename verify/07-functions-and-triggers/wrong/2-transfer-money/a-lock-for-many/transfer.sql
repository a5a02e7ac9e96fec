create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_balance numeric;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'the amount % is not above zero', p_amount using errcode = 'BK003';
  end if;

  -- One transfer at a time for an account. The keys are few, so that the
  -- lock table stays small, and always taken from the lowest to the highest.
  perform pg_advisory_xact_lock(4711, stripe)
  from (select distinct abs(id % 64)::integer as stripe
        from unnest(array[p_from, p_to]) id
        where id is not null
        order by stripe) stripes;

  if not exists (select from app.accounts where id = p_from)
      or not exists (select from app.accounts where id = p_to) then
    raise exception 'no transfer from % to %: no such account', p_from, p_to using errcode = 'BK002';
  end if;

  select balance into v_balance from app.accounts where id = p_from;
  if v_balance < p_amount then
    raise exception 'account % has only %', p_from, v_balance using errcode = 'BK001';
  end if;
  if p_from = p_to then
    return;
  end if;

  if p_from < p_to then
    update app.accounts set balance = balance - p_amount where id = p_from and balance >= p_amount;
    if not found then
      raise exception 'account % has not enough', p_from using errcode = 'BK001';
    end if;
    update app.accounts set balance = balance + p_amount where id = p_to;
  else
    update app.accounts set balance = balance + p_amount where id = p_to;
    update app.accounts set balance = balance - p_amount where id = p_from and balance >= p_amount;
    if not found then
      raise exception 'account % has not enough', p_from using errcode = 'BK001';
    end if;
  end if;
end $$;
