create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_id bigint;
  v_balance numeric;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'the amount % is not above zero', p_amount using errcode = 'BK003';
  end if;

  -- From oneself to oneself: there is nothing to move.
  if p_from = p_to then
    if not exists (select from app.accounts where id = p_from) then
      raise exception 'there is no account %', p_from using errcode = 'BK002';
    end if;
    return;
  end if;

  -- The lower id first, so that two transfers never wait for each other crosswise.
  foreach v_id in array array[least(p_from, p_to), greatest(p_from, p_to)] loop
    perform from app.accounts where id = v_id for update;
    if not found then
      raise exception 'there is no account %', v_id using errcode = 'BK002';
    end if;
  end loop;
  if p_from is null or p_to is null then
    raise exception 'a transfer needs two accounts' using errcode = 'BK002';
  end if;

  select balance into v_balance from app.accounts where id = p_from;
  if v_balance < p_amount then
    raise exception 'account % has only %', p_from, v_balance using errcode = 'BK001';
  end if;
  update app.accounts
  set balance = balance + case id when p_from then -p_amount else p_amount end
  where id in (p_from, p_to);
end $$;
