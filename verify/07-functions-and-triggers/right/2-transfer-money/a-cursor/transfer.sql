create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  c_accounts cursor for
    select id, balance from app.accounts
    where id = p_from or id = p_to
    order by id
    for no key update;
  v_payer_seen boolean := false;
  v_payee_seen boolean := false;
begin
  if p_amount is null or not p_amount > 0 or p_amount % 0.01 <> 0 then
    raise exception 'the amount % is not above zero', p_amount using errcode = 'BK003';
  end if;

  -- Each fetch locks one row, the lower id first, and gives its newest version.
  for v_account in c_accounts loop
    if v_account.id = p_from then
      v_payer_seen := true;
      if v_account.balance < p_amount then
        raise exception 'account % has only %', p_from, v_account.balance using errcode = 'BK001';
      end if;
    end if;
    if v_account.id = p_to then
      v_payee_seen := true;
    end if;
    if p_from is distinct from p_to then
      update app.accounts
      set balance = v_account.balance + case v_account.id when p_from then -p_amount else p_amount end
      where current of c_accounts;
    end if;
  end loop;

  -- The exception takes back what the loop has already booked.
  if not v_payer_seen or not v_payee_seen then
    raise exception 'no transfer from % to %: no such account', p_from, p_to using errcode = 'BK002';
  end if;
end $$;
