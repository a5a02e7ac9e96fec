create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_accounts integer;
  v_balance numeric;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'the amount % is not above zero', p_amount using errcode = 'BK003';
  end if;

  -- Locks both rows in the order of their ids, and looks at them afterwards.
  select count(*), max(locked.balance) filter (where locked.id = p_from)
    into v_accounts, v_balance
  from (select id, balance from app.accounts
        where id in (p_from, p_to)
        order by id
        for update) locked;

  -- Two accounts, or one where somebody pays himself.
  if v_accounts < (case when p_from <> p_to then 2 else 1 end) then
    raise exception 'no transfer from % to %: no such account', p_from, p_to using errcode = 'BK002';
  end if;
  if v_balance is null then
    raise exception 'there is no account %', p_from using errcode = 'BK002';
  end if;
  if v_balance < p_amount then
    raise exception 'account % has only %', p_from, v_balance using errcode = 'BK001';
  end if;
  if p_from = p_to then
    return;
  end if;

  update app.accounts set balance = balance - p_amount where id = p_from;
  update app.accounts set balance = balance + p_amount where id = p_to;
end $$;
